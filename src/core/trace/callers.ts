import { connectionSchema } from './columns';
import type { PackedRows } from './packedRows';
import type { RowBlock } from './table';

/** Which connections an app call has opened to its own server: few calls do, and one may go on for long, so they are not looked for. */
export class Callers {
  readonly #connections = new Map<number, number[]>();

  /** @param firstKept connections below are forgotten */
  put(packed: PackedRows, firstKept: number): void {
    for (let base = 0; base < packed.length; base += width) {
      this.#add(packed[base + callerField] ?? 0, packed[base + idField] ?? 0, firstKept);
    }
  }

  putBlock({ first, columns }: RowBlock<typeof connectionSchema>, firstKept: number): void {
    columns.caller.forEach((caller, index) => this.#add(caller, first + index, firstKept));
  }

  connectionsOf(exchange: number): readonly number[] {
    return this.#connections.get(exchange) ?? [];
  }

  clear(): void {
    this.#connections.clear();
  }

  #add(caller: number, connection: number, firstKept: number): void {
    if (caller === 0) return;
    const known = this.#connections.get(caller) ?? [];
    this.#connections.set(caller, known);
    if (known.includes(connection)) return;
    known.push(connection);
    known.sort((a, b) => a - b);
    if (this.#connections.size > mostCallers) this.#forget(firstKept);
  }

  /** Those whose connections the trace has forgotten; and where that is not enough, the oldest. */
  #forget(firstKept: number): void {
    for (const [caller, connections] of this.#connections) {
      const gone = (connections.at(-1) ?? 0) < firstKept;
      if (gone || this.#connections.size > mostCallers) this.#connections.delete(caller);
    }
  }
}

const fields = Object.keys(connectionSchema);
const width = fields.length;
const idField = fields.indexOf('id');
const callerField = fields.indexOf('caller');

const mostCallers = 10_000;
