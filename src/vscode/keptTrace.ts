import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Batch } from '../core/trace/batch';
import { connectionSchema, exchangeSchema } from '../core/trace/columns';
import type { TracePart } from '../core/trace/handover';
import type { TraceStore } from '../core/trace/traceStore';

/** A trace of a window before this one: what `TraceStore.take` and `append` make of it. */
export interface EarlierTrace {
  /** As columns, which is how they lie in memory. */
  readonly rows: TracePart;
  readonly rest: Batch;
  readonly clockOriginUnixMs: number;
  /** What the timeline's page kept: its selection is one of this trace. */
  readonly page: unknown;
}

/**
 * The trace over a reload of the window, which ends the server: written when a window closes, read and deleted when the
 * next one opens. Only what the picture shows: heads, bodies and logs may be secret, and stay in memory.
 */
export class KeptTrace {
  readonly #folder: string | undefined;
  readonly #format: string;

  /**
   * @param folder where the extension may write for this workspace; undefined where no folder is open
   * @param version of the extension: what another one wrote is not read
   */
  constructor(folder: string | undefined, version: string) {
    this.#folder = folder;
    this.#format = JSON.stringify([version, Object.keys(exchangeSchema), Object.keys(connectionSchema)]);
  }

  async save(trace: TraceStore, clockOriginUnixMs: number, page: unknown): Promise<void> {
    if (this.#folder === undefined || trace.connections.length === 0) return;
    await mkdir(this.#folder, { recursive: true });
    const written = join(this.#folder, `trace-${process.pid}`);
    const { exchanges, connections } = trace;
    const kept: Written = {
      format: this.#format,
      rows: {
        exchanges: exchanges.block(exchanges.first, exchanges.length),
        connections: connections.block(connections.first, connections.length),
      },
      rest: { ...trace.snapshotWithoutRows(), exchanges: new Float64Array(0), connections: new Float64Array(0) },
      clockOriginUnixMs,
      page,
    };
    await writeFile(written, serialize(kept), { mode: 0o600 });
    await rename(written, this.#file(this.#folder)); // never half of it
  }

  /** Once: a window that ends without a word must not show it again. */
  async take(): Promise<EarlierTrace | undefined> {
    if (this.#folder === undefined) return undefined;
    const file = this.#file(this.#folder);
    const bytes = await readFile(file).catch(() => undefined);
    if (!bytes) return undefined;
    await rm(file, { force: true });
    const kept = read(bytes);
    return kept?.format === this.#format ? kept : undefined;
  }

  #file(folder: string): string {
    return join(folder, 'trace');
  }
}

interface Written extends EarlierTrace {
  readonly format: string;
}

function read(bytes: Uint8Array): Written | undefined {
  try {
    return deserialize(bytes) as Written;
  } catch {
    return undefined; // of another version of Node
  }
}
