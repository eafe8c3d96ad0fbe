/** An event of a trace that Chromium writes, as far as it is read here. Times are µs; those with a t in front, processor time of the thread. */
export interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly tts?: number;
  readonly tdur?: number;
}

/** Processor time of the page's main thread from each mark of a name to the next, in ms. */
export function workPerFrame(events: readonly TraceEvent[], mark: string): number[] {
  const times = events
    .filter(({ name }) => name === mark)
    .sort((a, b) => a.ts - b.ts)
    .map(({ tts = NaN }) => tts);
  return times.slice(1).map((time, index) => (time - (times[index] ?? NaN)) / 1000);
}

/** The processor time of the longest task of the thread that the page's marks come from, in ms. */
export function longestTask(events: readonly TraceEvent[], mark: string): number {
  const main = events.find(({ name }) => name === mark);
  const tasks = events.filter(
    ({ name, pid, tid }) => name.endsWith('RunTask') && pid === main?.pid && tid === main.tid,
  );
  return tasks.reduce((most, { tdur = 0 }) => Math.max(most, tdur / 1000), 0);
}
