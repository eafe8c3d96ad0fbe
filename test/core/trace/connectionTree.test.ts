import assert from 'node:assert/strict';
import fc from 'fast-check';
import { closers, closings } from '../../../src/core/trace/columns';
import { changedNodes, ConnectionTreeReader, roughly, type Tree } from '../../../src/core/trace/connectionTree';
import type { ServerState } from '../../../src/core/trace/messages';
import { batchOf, connectionRow } from './traceRows';
import { TraceStore } from '../../../src/core/trace/traceStore';
import { WrittenTrace } from './writtenTrace';

const running: ServerState = {
  status: 'running',
  restricted: false,
  app: 'hello.py',
  address: '127.0.0.1:8888',
  concurrency: 'threads × 1',
  slots: 1,
  clockOriginUnixMs: 0,
};

/** The tree as text: two spaces for each level. */
function textOf({ roots, nodes }: Tree): string[] {
  const below = (ids: readonly string[], depth: number): string[] =>
    ids.flatMap((id) => {
      const { label, description, children } = nodes.get(id) ?? assert.fail(id);
      return [`${'  '.repeat(depth)}${label} | ${description}`, ...below(children, depth + 1)];
    });
  return below(roots, 0);
}

const read = (store: TraceStore, now: number, server = running): Tree =>
  new ConnectionTreeReader().read(store, server, now);

describe('ConnectionTreeReader', () => {
  it('tells of each open connection what it does, and of each request in progress where it is', () => {
    const trace = new WrittenTrace('threads', 1);
    const local = trace.text('127.0.0.1:8888');
    trace.connection(500, { local });
    const kept = trace.connection(0, { local, bytesIn: 80, bytesOut: 944 });
    trace.request('GET /before', { at: 10, app: [11, 20], end: 21, on: kept });
    trace.request('GET /slow', { at: 1000, app: [1001], on: trace.connection(1000, { local }) });
    trace.request('GET /waits', { at: 2000, queued: 1, on: trace.connection(2000, { local }) });
    assert.deepEqual(textOf(read(trace.store(4500), 4500)), [
      '127.0.0.1:8888 | hello.py · threads × 1',
      '  127.0.0.1:61001 | no request yet · 4 s · ⇄ :8888',
      '  127.0.0.1:61002 | keep-alive · 4 s · 1.0 KB · 1 request · ⇄ :8888',
      '  127.0.0.1:61003 | busy · 3 s · 0 B · 1 request · ⇄ :8888',
      '    GET /slow | app call · 3 s',
      '  127.0.0.1:61004 | busy · 2 s · 0 B · 1 request · ⇄ :8888',
      '    GET /waits | queue · 2 s',
    ]);
  });

  it('says who waits for its turn', () => {
    const trace = new WrittenTrace('iterative', 1);
    trace.connection(0, { turn: NaN });
    assert.match(textOf(read(trace.store(100), 100))[1] ?? '', /\| waiting for its turn · 0 s/);
  });

  it('keeps a connection whose client has left while its call goes on, and then puts it to the closed ones', () => {
    const gone = { closing: 50, closed: 60, closedBy: closers.indexOf('client'), how: closings.indexOf('RST') };
    const trace = new WrittenTrace('threads', 1);
    trace.request('GET /left', { at: 0, app: [1], on: trace.connection(0, gone) });
    const before = read(trace.store(1000), 1000);
    assert.match(textOf(before)[1] ?? '', /client left \(RST\), the app call goes on/);
    assert.equal(before.nodes.get('connection:1')?.context, 'closedConnection');
    assert.deepEqual(before.roots, ['server']);

    const after = new WrittenTrace('threads', 1);
    after.request('GET /left', { at: 0, app: [1, 5], end: 5, on: after.connection(0, gone) });
    const tree = read(after.store(1000), 1000);
    assert.deepEqual(tree.roots, ['server', 'closed']);
    assert.match(textOf(tree)[2] ?? '', /^ {2}127\.0\.0\.1:61001 \| client left \(RST\) · 0 B · 1 request/);
    assert.equal(tree.alive, false);
  });

  it('is empty while no server listens', () => {
    const trace = new WrittenTrace('threads', 1);
    trace.connection(0);
    const { address, ...stopped } = running;
    assert.ok(address);
    assert.deepEqual(read(trace.store(10), 10, { ...stopped, status: 'stopped' }).roots, []);
  });

  it('shows the state of a server that does not simply run', () => {
    const [line = ''] = textOf(read(new TraceStore(10), 0, { ...running, status: 'failed', problem: 'No module.' }));
    assert.match(line, /threads × 1 · failed$/);
  });

  it('stays calm with many: the newest 200 open ones, and 20 that have closed', () => {
    const trace = new WrittenTrace('threads', 1);
    for (let id = 1; id <= 30; id++) trace.connection(0, { closing: 1, closed: 1 });
    for (let id = 1; id <= 250; id++) trace.connection(2);
    const { nodes } = read(trace.store(10), 10);
    const children = nodes.get('server')?.children ?? [];
    assert.equal(children.length, 201);
    assert.equal(nodes.get(children.at(-1) ?? '')?.label, '50 older ones');
    assert.equal(nodes.get('closed')?.children.length, 20);
    assert.equal(nodes.get('closed')?.children[0], 'closed:30');
  });

  it('finds the same when it reads again and again as when it reads once', () => {
    const step = fc.record({ id: fc.integer({ min: 1, max: 12 }), closes: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const store = new TraceStore(8);
        const reader = new ConnectionTreeReader();
        const closed = new Set<number>();
        let last = 0;
        for (const { id, closes } of steps) {
          // Ids come in order, and who has closed stays closed.
          const next = Math.min(id, last + 1);
          last = Math.max(last, next);
          if (closes) closed.add(next);
          const at = closed.has(next) ? 5 : NaN;
          store.append(
            batchOf({
              connections: [connectionRow({ id: next, registered: 0, accepted: 0, closing: at, closed: at })],
            }),
          );
          assert.deepEqual(reader.read(store, running, 10), new ConnectionTreeReader().read(store, running, 10));
        }
      }),
    );
  });
});

describe('changedNodes', () => {
  const trace = (requests: number, age: number): Tree => {
    const written = new WrittenTrace('threads', 1);
    const quiet = written.connection(0);
    assert.equal(quiet.id, 1);
    const on = written.connection(0);
    for (let count = 0; count < requests; count++) written.request('GET /', { at: count, app: [count], on });
    return read(written.store(age), age);
  };

  it('is nothing where all reads the same, were it a little later', () => {
    assert.deepEqual(changedNodes(trace(1, 1000), trace(1, 1900)), []);
  });

  it('is what reads differently, and not what lies below it', () => {
    assert.deepEqual(changedNodes(trace(0, 1000), trace(1, 1000)), ['connection:2']);
    assert.deepEqual(changedNodes(trace(1, 1000), trace(1, 2000)), ['connection:1', 'connection:2']);
  });

  it('is the list in which something came or went', () => {
    const one = new WrittenTrace('threads', 1);
    one.connection(0);
    assert.deepEqual(changedNodes(read(one.store(10), 10), trace(0, 10)), ['server']);
  });

  it('is all where the roots differ', () => {
    const one = new WrittenTrace('threads', 1);
    one.connection(0, { closing: 1, closed: 1 });
    assert.equal(changedNodes(trace(0, 10), read(one.store(10), 10)), undefined);
  });
});

describe('roughly', () => {
  it('speaks in whole units', () => {
    assert.deepEqual([-5, 999, 59_999, 60_000, 3_599_999, 7_300_000].map(roughly), [
      '0 s',
      '0 s',
      '59 s',
      '1 min',
      '59 min',
      '2 h',
    ]);
  });
});
