import type { Trace } from './trace';
import type { ServerState } from '../../../src/core/trace/messages';
import { counted, duration, instant } from '../format';

/** One thing that the tool knows of its own error: a figure, and what it means in a sentence. */
export interface OwnError {
  readonly name: string;
  readonly value: string;
  readonly meaning: string;
  /** It is so large that a reader should know of it. */
  readonly notable: boolean;
}

/** From this on, the server thread was so late that what it stamped meanwhile is to be doubted. */
export const notableLagMs = 50;
const notableClockErrorMs = 1;

/** @param missed batches that never reached this page */
export function ownErrors(trace: Trace, server: ServerState | undefined, missed: number): OwnError[] {
  const { lags, forgotten } = trace.store;
  const worst = lags.worst < 0 ? NaN : lags.valueAt(lags.worst);
  const gone = forgotten.exchanges + forgotten.connections + forgotten.notes;
  return [
    {
      name: 'Server thread late',
      value: Number.isNaN(worst)
        ? 'not measured yet'
        : `${duration(lags.valueAt(lags.length - 1))}, at most ${duration(worst)} at ${instant(lags.timeAt(lags.worst))}`,
      meaning:
        'How late it got to what was due. What it stamps meanwhile, as the arrival of bytes, is stamped too late by up to that.',
      notable: worst >= notableLagMs,
    },
    {
      name: 'Worker’s clock',
      value: clocksOf(server),
      meaning:
        'The app runs in another process. Its clock is related to the server’s by questions and answers; half the shortest round trip bounds the error of its instants.',
      notable: (server?.clockError ?? 0) >= notableClockErrorMs,
    },
    {
      name: 'Forgotten',
      value: `${counted(forgotten.exchanges, 'request')}, ${counted(forgotten.connections, 'connection')}, ${counted(forgotten.notes, 'note')}`,
      meaning:
        gone > 0
          ? 'The trace is bounded: the oldest are no longer here. lifeline.trace.maxExchanges says how many are kept.'
          : 'The trace is bounded (lifeline.trace.maxExchanges); so far everything is still here.',
      notable: gone > 0,
    },
    {
      name: 'Missed by this page',
      value: counted(missed, 'batch', 'batches'),
      meaning:
        'Messages that were lost on the way to this page. It then asked for everything anew, so nothing is missing.',
      notable: false,
    },
  ];
}

/** "± 4 µs", or "worker 1 ± 4 µs, worker 2 ± 6 µs" */
function clocksOf(server: ServerState | undefined): string {
  const { clockError, clocks = [] } = server ?? {};
  if (clocks.length > 1) return clocks.map(({ worker, error }) => `worker ${worker} ± ${duration(error)}`).join(', ');
  return clockError === undefined ? 'no worker yet' : `± ${duration(clockError)}`;
}

/** The same in a few words, for the corner: "lag 0.3 ms · clock ± 4 µs". */
export function ownErrorBrief(trace: Trace, server: ServerState | undefined): string {
  const { lags, forgotten } = trace.store;
  return [
    ...(lags.worst < 0 ? [] : [`lag at most ${duration(lags.valueAt(lags.worst))}`]),
    ...(server?.clockError === undefined ? [] : [`clock ± ${duration(server.clockError)}`]),
    `${forgotten.exchanges.toLocaleString('en')} exchanges forgotten`,
  ].join(' · ');
}
