import type { Selection } from '../selection';
import type { Trace } from './trace';

/** From when to when what is selected lasts, so far; undefined where nothing is, or it is not known. */
export function extentOf(trace: Trace | undefined, selection: Selection, now: number): [number, number] | undefined {
  if (selection.kind === 'none') return undefined;
  if (selection.kind === 'exchange') {
    const exchange = trace?.exchange(selection.id);
    return (
      exchange && [exchange.start, exchange.start + (Number.isNaN(exchange.end) ? now - exchange.start : exchange.end)]
    );
  }
  const connection = trace?.connection(selection.id);
  return connection && [connection.accepted, Number.isNaN(connection.closed) ? now : connection.closed];
}
