import type { Blocker } from './waits';
import { duration } from './duration';
import type { TraceStore } from './traceStore';

/** How a verdict names requests, connections and parts of a time. */

/** "GET /slow", without its query; what stands for it where the head could not be read. */
export function callName(store: TraceStore, exchange: number): string {
  const row = store.exchanges.rowOf(exchange);
  if (row < 0) return 'a request';
  const { columns } = store.exchanges;
  const method = store.text(columns.method[row] ?? 0);
  const target = store.text(columns.target[row] ?? 0);
  const [path = ''] = target.split('?');
  return `${method} ${shortened(path)}`.trim() || 'a request';
}

/** "127.0.0.1:61073" */
export function clientName(store: TraceStore, connection: number): string {
  const row = store.connections.rowOf(connection);
  const name = row < 0 ? '' : store.text(store.connections.columns.remote[row] ?? 0);
  return name === '' ? `connection ${connection}` : name;
}

/** "GET /slow ×3, POST /report", and how many more. */
export function groupedNames(store: TraceStore, blockers: readonly Blocker[], more = 0): string {
  const counts = new Map<string, number>();
  for (const { exchange } of blockers) {
    const name = callName(store, exchange);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const named = [...counts].slice(0, mostNames);
  const rest = blockers.length + more - named.reduce((sum, [, count]) => sum + count, 0);
  const names = named.map(([name, count]) => (count > 1 ? `${name} ×${count}` : name));
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ');
}

/** "98 %": never all of it where something else took time, never nothing where it did. */
export function percent(share: number): string {
  const whole = Math.round(share * 100);
  if (whole >= 100) return share >= 0.9995 ? '100 %' : '99 %';
  return whole < 1 ? 'less than 1 %' : `${whole} %`;
}

/** "all 4 were busy" */
export function busyWords(slots: number, open: boolean): string {
  if (slots === 1) return open ? 'the only one is busy' : 'the only one was busy';
  return `${slots === 2 ? 'both' : `all ${slots}`} ${open ? 'are' : 'were'} busy`;
}

/** " The app itself took 212 ms."; empty where it was not called. */
export function appItself(appTime: number): string {
  return Number.isNaN(appTime) ? '' : ` The app itself took ${duration(appTime)}.`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function shortened(path: string): string {
  return path.length <= longestPath ? path : `${path.slice(0, longestPath - 1)}…`;
}

const mostNames = 3;
const longestPath = 48;
