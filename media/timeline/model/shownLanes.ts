import type { Client } from './clients';
import type { LaneRef } from './grouping';
import { LaneItems } from './laneItems';
import type { LaneList } from './laneList';
import type { Slot } from './slotLanes';
import type { Trace } from './trace';

/**
 * Which lanes show: all, or those with a match while the filter hides others. Looked for once until the trace or the
 * matches have changed: the picture asks several times a frame.
 */
export class ShownLanes {
  readonly #trace: Trace;
  readonly #clients = new Map<string, readonly number[]>();
  readonly #packed = new Map<string, readonly number[]>();
  #slots: readonly Slot[] | undefined;
  #known = '';
  #knownClients = '';

  constructor(trace: Trace) {
    this.#trace = trace;
  }

  connectionsOf(client: Client): readonly number[] {
    const { matches, clients } = this.#trace;
    if (!matches.hiding) return client.connections;
    const now = `${clients.version} ${matches.connectionsVersion}`;
    if (now !== this.#knownClients) this.#clients.clear();
    this.#knownClients = now;
    const known = this.#clients.get(client.address);
    if (known) return known;
    const shown = client.connections.filter((id) => matches.hasConnection(id));
    this.#clients.set(client.address, shown);
    return shown;
  }

  slots(): readonly Slot[] {
    const { matches, slotLanes } = this.#trace;
    if (!matches.hiding) return slotLanes.slots;
    this.#renew();
    return (this.#slots ??= slotLanes.slots.filter((slot) => this.#shows('slot', slotLanes.listOf(slot))));
  }

  packed(kind: 'waiting' | 'without'): readonly number[] {
    const { matches, slotLanes } = this.#trace;
    const lanes = slotLanes[kind];
    const all = (): number[] => Array.from({ length: lanes.length }, (_, lane) => lane);
    if (!matches.hiding) return all();
    this.#renew();
    const known = this.#packed.get(kind);
    if (known) return known;
    const shown = all().filter((lane) => this.#shows(kind, lanes.listAt(lane)));
    this.#packed.set(kind, shown);
    return shown;
  }

  #shows(kind: LaneRef['kind'], list: LaneList | undefined): boolean {
    if (!list) return false;
    const items = new LaneItems(this.#trace, kind, list);
    items.recount(recountedAtOnce);
    return items.someMatch();
  }

  #renew(): void {
    const now = `${this.#trace.store.version} ${this.#trace.matches.version}`;
    if (now === this.#known) return;
    this.#known = now;
    this.#packed.clear();
    this.#slots = undefined;
  }
}

const recountedAtOnce = 20_000;
