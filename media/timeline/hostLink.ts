import { createBirpc } from 'birpc';
import { assertNever } from '../../src/core/assertNever';
import type { Batch } from '../../src/core/trace/batch';
import type { TracePart } from '../../src/core/trace/handover';
import type { KernelView } from '../../src/core/trace/kernelView';
import type {
  FromWebview,
  HostFunctions,
  NamedFilter,
  RevealTarget,
  ServerState,
  ToWebview,
} from '../../src/core/trace/messages';

/** What the page does with what the host sends. */
export interface HostEvents {
  /** @param parts how many follow */
  snapshot(batch: Batch, capacity: number, parts: number): void;
  part(part: TracePart): void;
  batch(batch: Batch): void;
  state(state: ServerState): void;
  kernel(view: KernelView): void;
  filters(filters: readonly NamedFilter[]): void;
  reveal(target: RevealTarget): void;
  /** What a page in another place of the window kept. */
  restore(state: unknown): void;
}

/**
 * The page's end of the conversation with the extension host. It counts the batches: where one is missing (a hidden
 * webview loses messages) it asks for a new snapshot, and lets pass what comes before that.
 */
export class HostLink {
  readonly host: HostFunctions;
  readonly #post: (message: FromWebview) => void;
  readonly #events: HostEvents;
  #number: number | undefined;
  #nextPart = 0;
  #missed = 0;
  #receiveRpc: ((data: unknown) => void) | undefined;

  constructor(post: (message: FromWebview) => void, events: HostEvents) {
    this.#post = post;
    this.#events = events;
    this.host = createBirpc<HostFunctions>(
      {},
      {
        post: (data: unknown) => post({ type: 'rpc', data }),
        on: (receive) => {
          this.#receiveRpc = receive;
        },
        // A pick list may stay open as long as its user likes.
        timeout: -1,
      },
    );
  }

  /** Asks for everything anew. */
  ready(): void {
    this.#number = undefined;
    this.#post({ type: 'ready' });
  }

  /** Batches that never arrived; a snapshot has made up for them. */
  get missed(): number {
    return this.#missed;
  }

  /** Says whether what the kernel tells is shown, and where it is, asks for all that is known of it. */
  showKernel(shown: boolean): void {
    this.#post({ type: 'kernel', shown });
  }

  /** Has the host keep it for a page in another place of the window. */
  keep(state: unknown): void {
    this.#post({ type: 'saved', state });
  }

  receive(message: ToWebview): void {
    switch (message.type) {
      case 'snapshot':
        this.#number = message.number;
        this.#nextPart = 0;
        this.#events.snapshot(message.batch, message.capacity, message.parts);
        return;
      case 'part':
        if (this.#number === undefined) return;
        if (message.index !== this.#nextPart++) this.ready();
        else this.#events.part(message.part);
        return;
      case 'batch':
        if (this.#number === undefined || message.number <= this.#number) return;
        if (message.number !== this.#number + 1) {
          this.#missed += message.number - this.#number - 1;
          this.ready();
          return;
        }
        this.#number = message.number;
        this.#events.batch(message.batch);
        return;
      case 'state':
        this.#events.state(message.state);
        return;
      case 'kernel':
        this.#events.kernel(message.view);
        return;
      case 'filters':
        this.#events.filters(message.filters);
        return;
      case 'restore':
        this.#events.restore(message.state);
        return;
      case 'reveal':
        this.#events.reveal(message.target);
        return;
      case 'rpc':
        this.#receiveRpc?.(message.data);
        return;
      default:
        assertNever(message);
    }
  }
}
