import type { Trace } from './trace';

/** An exchange that is to stay at hand. Its start tells it from one that has the same id in another trace. */
export interface Pin {
  readonly id: number;
  readonly start: number;
}

export const mostPins = 20;

export function isPinned(pins: readonly Pin[], id: number): boolean {
  return pins.some((pin) => pin.id === id);
}

/** With an exchange that was not pinned, the newest pin at the end; without one that was. */
export function pinToggled(pins: readonly Pin[], trace: Trace, id: number): readonly Pin[] {
  if (isPinned(pins, id)) return pins.filter((pin) => pin.id !== id);
  const exchange = trace.exchange(id);
  return exchange ? [...pins, { id, start: exchange.start }].slice(-mostPins) : pins;
}

/** It is in this trace. */
export function holds(trace: Trace, { id, start }: Pin): boolean {
  const { columns } = trace.store.exchanges;
  return columns.start[trace.store.exchanges.rowOf(id)] === start;
}

/** Those that are in this trace. */
export function pinsIn(trace: Trace, pins: readonly Pin[]): readonly Pin[] {
  const known = pins.filter((pin) => holds(trace, pin));
  return known.length === pins.length ? pins : known;
}

/** What was saved comes back as unknown data. */
export function readPins(value: unknown): readonly Pin[] {
  if (!Array.isArray(value)) return [];
  const pins = value.flatMap((each: unknown): Pin[] => {
    if (typeof each !== 'object' || each === null || !('id' in each) || !('start' in each)) return [];
    const { id, start } = each;
    return Number.isSafeInteger(id) && Number.isFinite(start) ? [{ id: id as number, start: start as number }] : [];
  });
  return pins.slice(-mostPins);
}
