/** An event of a trace that Chromium writes, as far as it is read here. Times are µs. */
export interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
}

/** Main-thread time from each mark of a name to the next, in ms: how much a task overlaps the stretch counts. */
export function busyPerFrame(events: readonly TraceEvent[], mark: string): number[] {
  const marks = events.filter(({ name }) => name === mark).sort((a, b) => a.ts - b.ts);
  const tasks = tasksOf(events, marks[0]);
  let next = 0;
  return marks.slice(1).map(({ ts: until }, index) => {
    const from = marks[index]?.ts ?? until;
    while (next < tasks.length && endOf(tasks[next]) <= from) next++;
    let busy = 0;
    for (let at = next; at < tasks.length; at++) {
      const task = tasks[at];
      if (!task || task.ts >= until) break;
      busy += Math.min(until, endOf(task)) - Math.max(from, task.ts);
    }
    return busy / 1000;
  });
}

/** The longest task of the thread that the page's marks come from, in ms. */
export function longestTask(events: readonly TraceEvent[]): number {
  const main = events.find(({ name }) => name === 'bench loaded');
  return tasksOf(events, main).reduce((most, { dur = 0 }) => Math.max(most, dur / 1000), 0);
}

/** Not those within another one. */
function tasksOf(events: readonly TraceEvent[], thread: TraceEvent | undefined): TraceEvent[] {
  const all = events
    .filter(
      ({ name, ph, pid, tid }) => name.endsWith('RunTask') && ph === 'X' && pid === thread?.pid && tid === thread.tid,
    )
    .sort((a, b) => a.ts - b.ts);
  let free = -Infinity;
  return all.filter((task) => {
    if (task.ts < free) return false;
    free = endOf(task);
    return true;
  });
}

function endOf(task: TraceEvent | undefined): number {
  return (task?.ts ?? 0) + (task?.dur ?? 0);
}
