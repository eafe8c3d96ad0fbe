import { exchangeFlags, type ExchangeRow } from '../../../src/core/trace/columns';
import { LaneList } from './laneList';
import { PackedLanes } from './packedLanes';

/**
 * The trace as the slots see it: a lane for each slot of each worker, in which an exchange stands with its app call; and
 * lanes for those that wait for a slot, and for those without one: their bytes still arrive, or they never came so far.
 */
export class SlotLanes {
  readonly waiting = new PackedLanes();
  readonly without = new PackedLanes();
  readonly #slots = new Map<number, LaneList>();
  #keys: number[] = [];

  /** Slots that ran a call, by worker and then by slot. */
  get slots(): readonly Slot[] {
    return this.#keys.map((key) => ({ worker: Math.floor(key / mostSlots), slot: key % mostSlots }));
  }

  listOf({ worker, slot }: Slot): LaneList | undefined {
    return this.#slots.get(worker * mostSlots + slot);
  }

  /** An exchange is new or has changed. @param before as it stood before */
  put(id: number, row: SlotFields, before: SlotFields | undefined): void {
    const was = before && standsWithout(before);
    const is = standsWithout(row);
    if (is) this.without.put(id, row.start, row.start + row.end);
    else if (was) this.without.remove(id, row.start);

    const ready = row.start + row.ready;
    if (waits(row)) {
      const end = Number.isNaN(row.appStart) ? row.end : row.appStart;
      this.waiting.put(id, ready, row.start + end);
    }
    // Another slot than it seemed: the call came back, and went elsewhere.
    if (before && hasSlot(before) && !sameCall(before, row)) {
      this.listOf(before)?.remove(id, before.start + before.appStart);
    }
    if (hasSlot(row)) this.#laneOf(row).put(id, row.start + row.appStart);
  }

  forget(firstExchange: number): void {
    this.waiting.forget(firstExchange);
    this.without.forget(firstExchange);
    for (const [key, list] of this.#slots) {
      list.forget(firstExchange);
      if (list.length === 0) this.#slots.delete(key);
    }
    this.#keys = this.#keys.filter((key) => this.#slots.has(key));
  }

  #laneOf({ worker, slot }: Slot): LaneList {
    const key = worker * mostSlots + slot;
    let list = this.#slots.get(key);
    if (!list) {
      list = new LaneList();
      this.#slots.set(key, list);
      this.#keys = [...this.#slots.keys()].sort((a, b) => a - b);
    }
    return list;
  }
}

export interface Slot {
  readonly worker: number;
  readonly slot: number;
}

export type SlotFields = Pick<ExchangeRow, 'worker' | 'slot' | 'flags' | 'start' | 'ready' | 'appStart' | 'end'>;

/** Numbers of slots are a byte. */
const mostSlots = 256;

export function waits({ flags, ready }: SlotFields): boolean {
  return (flags & exchangeFlags.queued) !== 0 && !Number.isNaN(ready);
}

export function hasSlot({ slot, appStart }: SlotFields): boolean {
  return slot > 0 && !Number.isNaN(appStart);
}

function standsWithout(row: SlotFields): boolean {
  return !hasSlot(row) && !waits(row);
}

function sameCall(a: SlotFields, b: SlotFields): boolean {
  return a.worker === b.worker && a.slot === b.slot && a.appStart === b.appStart;
}
