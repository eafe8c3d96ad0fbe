import { bytes, counted } from './amounts';
import { closeName } from './closeName';
import type { ConnectionRow, ExchangeRow } from './columns';
import type { RevealTarget, ServerState } from './messages';
import { phaseOf, type Phase } from './phases';
import { spansOf } from './spans';
import type { TraceStore } from './traceStore';

/** One line of the tree. Its id stays, so that expansion and selection do. */
export interface TreeNode {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** Plain text: what stands in it came from a client. */
  readonly tooltip: string;
  /** What a screen reader says. */
  readonly spoken: string;
  /** A codicon, and a colour of the theme. */
  readonly icon: string;
  readonly color?: string;
  /** For the `when` clauses of the menus. */
  readonly context: 'server' | 'openConnection' | 'closedConnection' | 'exchange' | 'closedConnections' | 'more';
  readonly expands: 'never' | 'expanded' | 'collapsed';
  readonly children: readonly string[];
  readonly parent?: string;
  /** What it is on the timeline, and of which connection. */
  readonly target?: RevealTarget;
}

export interface Tree {
  readonly roots: readonly string[];
  readonly nodes: ReadonlyMap<string, TreeNode>;
  /** Something goes on, so what is said of it grows old. */
  readonly alive: boolean;
}

export const emptyTree: Tree = { roots: [], nodes: new Map(), alive: false };

const mostOpen = 200;
const mostClosed = 20;

/**
 * What is connected at this moment: the server, below it the open connections, below each the exchange in progress.
 *
 * Derived from the trace each time. Ids are dense and rows never open again, so it remembers where the oldest row stood
 * that was not over: a reading costs what is open, not what the trace has seen.
 */
export class ConnectionTreeReader {
  #connectionsFrom = 0;
  #exchangesFrom = 0;

  /** The trace was emptied, and its ids may begin anew. */
  reset(): void {
    this.#connectionsFrom = 0;
    this.#exchangesFrom = 0;
  }

  /** @param now clock reading of the trace, in ms */
  read(trace: TraceStore, server: ServerState, now: number): Tree {
    const { connections, exchanges } = trace;
    const running = unfinished(exchanges, exchanges.columns.end, this.#exchangesFrom);
    this.#exchangesFrom = running[0] ?? exchanges.last + 1;
    const open = unfinished(connections, connections.columns.closed, this.#connectionsFrom);
    this.#connectionsFrom = open[0] ?? connections.last + 1;
    if (server.address === undefined) return emptyTree;

    const exchangesOf = new Map<number, ExchangeRow[]>();
    for (const id of running) {
      const row = trace.exchange(id);
      if (row) exchangesOf.set(row.connection, [...(exchangesOf.get(row.connection) ?? []), row]);
    }
    // A client may have left while its call goes on.
    const shown = [...new Set([...open, ...exchangesOf.keys()])].sort((one, other) => one - other);
    const newest = shown.slice(-mostOpen);
    const nodes = new Map<string, TreeNode>();
    const add = (node: TreeNode): string => {
      nodes.set(node.id, node);
      return node.id;
    };
    const children = newest.flatMap((id) => {
      const row = trace.connection(id);
      if (!row) return [];
      const inside = exchangesOf.get(id) ?? [];
      const node = openConnection(trace, row, inside, now);
      for (const each of inside) add(exchangeNode(trace, each, row, node.id, now));
      return [add(node)];
    });
    if (shown.length > newest.length) children.push(add(moreNode(shown.length - newest.length)));
    add(serverNode(server, children));
    const closed = newestClosed(trace, exchangesOf).map((row) => add(closedConnection(trace, row)));
    const roots = ['server'];
    if (closed.length > 0) roots.push(add(closedConnections(closed)));
    return { roots, nodes, alive: newest.length > 0 };
  }
}

/** The nodes to refresh for `next` to show where `shown` does: undefined means all. With a node go those below it. */
export function changedNodes(shown: Tree, next: Tree): readonly string[] | undefined {
  if (!sameList(shown.roots, next.roots)) return undefined;
  const changed: string[] = [];
  const visit = (ids: readonly string[]): void => {
    for (const id of ids) {
      const [before, after] = [shown.nodes.get(id), next.nodes.get(id)];
      if (!before || !after) continue; // its parent's list has changed
      if (sameNode(before, after)) visit(after.children);
      else changed.push(id);
    }
  };
  visit(next.roots);
  return changed;
}

function sameNode(one: TreeNode, other: TreeNode): boolean {
  return (
    one.label === other.label &&
    one.description === other.description &&
    one.tooltip === other.tooltip &&
    one.context === other.context &&
    one.icon === other.icon &&
    one.color === other.color &&
    sameList(one.children, other.children)
  );
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((each, index) => each === other[index]);
}

/** Ids from `from` on of rows whose end has not come. @param ends the column that tells */
function unfinished(
  table: Pick<TraceStore['connections'], IdsOfTable>,
  ends: ArrayLike<number>,
  from: number,
): number[] {
  const ids: number[] = [];
  for (let id = Math.max(from, table.first); id <= table.last; id++) {
    const row = table.rowOf(id);
    if (row >= 0 && Number.isNaN(ends[row])) ids.push(id);
  }
  return ids;
}

type IdsOfTable = 'first' | 'last' | 'rowOf';

function newestClosed(trace: TraceStore, busy: ReadonlyMap<number, unknown>): ConnectionRow[] {
  const { connections } = trace;
  const { closed } = connections.columns;
  const found: ConnectionRow[] = [];
  for (let id = connections.last; id >= connections.first && found.length < mostClosed; id--) {
    const at = connections.rowOf(id);
    if (at < 0 || Number.isNaN(closed[at]) || busy.has(id)) continue;
    const row = trace.connection(id);
    if (row) found.push(row);
  }
  return found;
}

function serverNode(server: ServerState, children: readonly string[]): TreeNode {
  const { address = '', app, concurrency, status, problem } = server;
  const description = [app, concurrency, ...(status === 'running' ? [] : [status])].join(' · ');
  const failed = status === 'failed';
  return {
    id: 'server',
    label: address,
    description,
    tooltip: [
      `http://${address}`,
      `App: ${app}`,
      `Concurrency: ${concurrency}`,
      `State: ${status}`,
      ...(problem === undefined ? [] : [problem]),
    ].join('\n'),
    spoken: `Server ${address}, ${description}`,
    icon: failed ? 'error' : 'server-process',
    ...(failed && { color: 'errorForeground' }),
    context: 'server',
    expands: 'expanded',
    children,
  };
}

function openConnection(trace: TraceStore, row: ConnectionRow, running: readonly ExchangeRow[], now: number): TreeNode {
  const state = stateOf(row, running.length > 0);
  const age = roughly(now - row.accepted);
  const amounts = [bytes(row.bytesIn + row.bytesOut), counted(row.requests, 'request')];
  const client = clientOf(trace, row);
  return {
    id: `connection:${row.id}`,
    label: client,
    description: [state, age, ...(row.requests > 0 ? amounts : []), serverEnd(trace, row)].join(' · '),
    tooltip: [
      `Connection ${row.id}: ${trace.text(row.remote)} ⇄ ${trace.text(row.local)}`,
      `State: ${state}`,
      `Requests: ${row.requests}`,
      `Received ${bytes(row.bytesIn)}, sent ${bytes(row.bytesOut)}`,
    ].join('\n'),
    spoken: `Connection ${client}, ${[state, ...amounts].join(', ')}, open for ${age}`,
    icon: 'plug',
    context: Number.isNaN(row.closing) ? 'openConnection' : 'closedConnection',
    expands: running.length > 0 ? 'expanded' : 'never',
    children: running.map(({ id }) => `exchange:${id}`),
    parent: 'server',
    target: { kind: 'connection', id: row.id },
  };
}

function stateOf(row: ConnectionRow, busy: boolean): string {
  const ended = closeName(row);
  if (ended !== '') return Number.isNaN(row.closed) || !busy ? ended : `${ended}, the app call goes on`;
  if (Number.isNaN(row.turn)) return phaseOf('turn').label;
  if (busy) return 'busy';
  return row.requests === 0 ? 'no request yet' : 'keep-alive';
}

function exchangeNode(
  trace: TraceStore,
  row: ExchangeRow,
  connection: ConnectionRow,
  parent: string,
  now: number,
): TreeNode {
  const label = `${trace.text(row.method)} ${trace.text(row.target)}`.trim() || 'request arriving';
  const phase = phaseOfMoment(row, connection, now);
  const inPhase = phase ? `${phase.label} · ` : '';
  const lasts = roughly(now - row.start);
  return {
    id: `exchange:${row.id}`,
    label: shortened(label),
    description: `${inPhase}${lasts}`,
    tooltip: [shortened(label, 1000), ...(phase ? [`${phase.label}: ${phase.explanation}`] : [])].join('\n'),
    spoken: `Request ${shortened(label)}, ${phase ? `${phase.label}, ` : ''}for ${lasts}`,
    icon: phase && waits.has(phase.name) ? 'watch' : 'arrow-swap',
    ...(phase && { color: phase.color }),
    context: 'exchange',
    expands: 'never',
    children: [],
    parent,
    target: { kind: 'exchange', id: row.id },
  };
}

const waits: ReadonlySet<string> = new Set(['turn', 'body', 'queue', 'stall']);

/** The phase that it entered last, of those that go on. */
function phaseOfMoment(row: ExchangeRow, connection: ConnectionRow, now: number): Phase | undefined {
  const open = spansOf(row, connection, now).filter((span) => span.open);
  const last = open.reduce<(typeof open)[number] | undefined>(
    (latest, span) => (latest && latest.start > span.start ? latest : span),
    undefined,
  );
  return last && phaseOf(last.phase);
}

function closedConnection(trace: TraceStore, row: ConnectionRow): TreeNode {
  const client = clientOf(trace, row);
  const amounts = [bytes(row.bytesIn + row.bytesOut), counted(row.requests, 'request')];
  const lasted = roughly(row.closed - row.accepted);
  const said = [closeName(row), ...amounts];
  return {
    id: `closed:${row.id}`,
    label: client,
    description: [...said, serverEnd(trace, row)].join(' · '),
    tooltip: [
      `Connection ${row.id}: ${trace.text(row.remote)} ⇄ ${trace.text(row.local)}`,
      `State: ${closeName(row)}, after ${lasted}`,
      `Received ${bytes(row.bytesIn)}, sent ${bytes(row.bytesOut)}`,
    ].join('\n'),
    spoken: `Closed connection ${client}, ${said.join(', ')}`,
    icon: 'debug-disconnect',
    context: 'closedConnection',
    expands: 'never',
    children: [],
    parent: 'closed',
    target: { kind: 'connection', id: row.id },
  };
}

function closedConnections(children: readonly string[]): TreeNode {
  return {
    id: 'closed',
    label: 'Recently closed',
    description: '',
    tooltip: `The newest connections that have closed, at most ${mostClosed}. The timeline has all.`,
    spoken: 'Recently closed connections',
    icon: 'history',
    context: 'closedConnections',
    expands: 'collapsed',
    children,
  };
}

function moreNode(count: number): TreeNode {
  const label = counted(count, 'older one');
  return {
    id: 'more',
    label,
    description: 'on the timeline',
    tooltip: `The newest ${mostOpen} are shown here. The timeline has all.`,
    spoken: `${label}, on the timeline`,
    icon: 'ellipsis',
    context: 'more',
    expands: 'never',
    children: [],
    parent: 'server',
  };
}

/** The client's end, which tells connections apart. */
function clientOf(trace: TraceStore, row: ConnectionRow): string {
  return trace.text(row.remote) || 'unknown client';
}

/** "⇄ :8888": the server's end of the pair, which is nearly always the same. */
function serverEnd(trace: TraceStore, row: ConnectionRow): string {
  const local = trace.text(row.local);
  return `⇄ ${local.slice(Math.max(0, local.lastIndexOf(':')))}`;
}

/** In whole units, so that what is shown seldom changes: "3 s", "12 min", "5 h". */
export function roughly(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}

function shortened(text: string, most = 120): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
