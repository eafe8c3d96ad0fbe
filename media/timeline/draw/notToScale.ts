import { spansOf } from '../../../src/core/trace/spans';
import type { Arrangement } from '../model/arrangement';
import type { Trace } from '../model/trace';
import { schematicOf, type SchematicViewport } from '../schematicViewport';
import type { Selection } from '../selection';
import type { Viewport } from '../viewport';
import { phasesInView } from './phasesInView';

/**
 * The window with room for every phase that the rows of a stretch show, those of the selected request first.
 *
 * @param from pixels of rows above those that show
 * @returns undefined where there are too many, or none
 */
export function notToScale(
  trace: Trace,
  arrangement: Arrangement,
  { from, to }: { readonly from: number; readonly to: number },
  viewport: Viewport,
  selection: Selection,
  now: number,
): SchematicViewport | undefined {
  const rows = arrangement.rows(from, to);
  const lanes = rows.flatMap((row) => (row.kind === 'lane' ? [row.lane] : []));
  const phases = phasesInView(trace, lanes, viewport, now);
  const selected = arrangement.rowOf(selection)?.key;
  const inView = selection.kind === 'exchange' && rows.some(({ key }) => key === selected);
  const exchange = inView ? trace.exchange(selection.id) : undefined;
  const own = exchange ? spansOf(exchange, trace.connection(exchange.connection), now, trace.isLast(exchange)) : [];
  return phases && schematicOf(viewport, phases, own);
}
