import assert from 'node:assert/strict';
import fc from 'fast-check';
import { exchangeFlags } from '../../../src/core/trace/columns';
import { blockersOf, mostBlockers, turnWaitOf, waitsOf } from '../../../src/core/trace/waits';
import { batchOf, connectionRow, exchangeRow } from './traceRows';
import { TraceStore } from '../../../src/core/trace/traceStore';
import { WrittenTrace } from './writtenTrace';

describe('waitsOf', () => {
  it('names the calls that held the slots, the longest first', () => {
    const trace = new WrittenTrace('threads', 2);
    const early = trace.request('GET /early', { at: 0, app: [0, 50], end: 50 });
    const long = trace.request('GET /long', { at: 10, app: [10, 900], end: 900 });
    const short = trace.request('GET /short', { at: 20, app: [60, 400], end: 400 });
    const waits = trace.request('GET /waits', { at: 100, queued: 1, app: [400, 410], end: 410 });
    trace.request('GET /later', { at: 390, queued: 1, app: [411, 450], end: 450 });
    const [wait, ...others] = waitsOf(trace.store(1000), waits.id);
    assert.deepEqual(others, []);
    assert.deepEqual(wait, {
      why: 'slot',
      start: 100,
      end: 400,
      open: false,
      provenance: 'measured',
      blockers: [
        { why: 'slot', exchange: long.id, connection: long.connection, start: 100, end: 400, open: false },
        { why: 'slot', exchange: short.id, connection: short.connection, start: 100, end: 400, open: false },
      ],
      more: 0,
    });
    assert.deepEqual(waitsOf(trace.store(1000), early.id), []);
  });

  it('names those that still hold a slot, and those that were ahead in the queue', () => {
    const trace = new WrittenTrace('threads', 1);
    const first = trace.request('GET /first', { at: 0, app: [0, 300], end: 300 });
    const second = trace.request('GET /second', { at: 50, queued: 1, app: [300] });
    const third = trace.request('GET /third', { at: 60, queued: 2 });
    const [wait] = waitsOf(trace.store(500), third.id);
    assert.equal(wait?.open, true);
    assert.deepEqual(
      wait.blockers.map(({ exchange, start, end, open }) => [exchange, start, end, open]),
      [
        [first.id, 60, 300, false],
        [second.id, 300, 500, true],
      ],
    );
    // The clock of the picture runs ahead of the newest batch.
    assert.equal(blockersOf(trace.store(500), third.id, 700)[0]?.end, 700);
  });

  it('finds a call that began long before, among thousands of others', () => {
    const trace = new WrittenTrace('threads', 2);
    const lane = trace.connection(0);
    const long = trace.request('GET /long', { at: 0, app: [0] });
    for (let at = 1; at < 5000; at++)
      trace.request('GET /short', { at, on: lane, app: [at, at + 0.9], end: at + 0.95 });
    const last = trace.request('GET /last', { at: 5000, app: [5000] });
    const waits = trace.request('GET /waits', { at: 5001, queued: 1 });
    const blockers = blockersOf(trace.store(6000, 10_000), waits.id);
    assert.deepEqual(
      blockers.map(({ exchange }) => exchange).sort((a, b) => a - b),
      [long.id, last.id],
    );
  });

  it('is bounded, and says how many there were more', () => {
    const trace = new WrittenTrace('threads', 1);
    for (let at = 0; at < 100; at++) trace.request('GET /one', { at: 0, queued: at, app: [at, at + 1], end: at + 1 });
    const waits = trace.request('GET /waits', { at: 0, queued: 100, app: [100, 101], end: 101 });
    const [wait] = waitsOf(trace.store(1000), waits.id);
    assert.equal(wait?.blockers.length, mostBlockers);
    assert.equal(wait.more, 100 - mostBlockers);
  });

  it('names the connections that were served before it got its turn', () => {
    const trace = new WrittenTrace('iterative', 1);
    const silent = trace.connection(0, { turn: 0, closed: 400 });
    const served = trace.connection(10, { turn: 400, closed: 600 });
    const request = trace.request('GET /served', { at: 401, on: served, app: [402, 590], end: 599 });
    const waiting = trace.connection(20, { turn: 600 });
    trace.connection(30, { turn: NaN });
    const waits = trace.request('GET /waits', { at: 601, on: waiting, app: [602, 603], end: 604 });
    const [wait] = waitsOf(trace.store(1000), waits.id);
    assert.deepEqual([wait?.why, wait?.start, wait?.end, wait?.provenance], ['turn', 20, 600, 'emulated']);
    assert.deepEqual(
      wait?.blockers.map(({ connection, exchange, start, end }) => [connection, exchange, start, end]),
      [
        [silent.id, 0, 20, 400],
        [served.id, request.id, 400, 600],
      ],
    );
    assert.equal(turnWaitOf(trace.store(1000), silent), undefined);
  });

  it('does not take connections for served that were open when the model changed, only their calls', () => {
    const trace = new WrittenTrace('threads', 2);
    trace.connection(0, { turn: 0 });
    const lane = trace.connection(10, { turn: 10, closed: 250 });
    const call = trace.request('GET /runs-on', { at: 20, on: lane, app: [21, 400], outcome: 'client left', end: 401 });
    const waiting = trace.connection(200, { turn: 400 });
    const store = trace.store(1000);
    store.append({ ...batchOf({}), models: [{ at: 100, model: 'iterative', slots: 1 }] });
    const wait = turnWaitOf(store, waiting);
    assert.deepEqual(
      wait?.blockers.map(({ exchange, start, end }) => [exchange, start, end]),
      [[call.id, 200, 400]],
    );
  });

  it('tells whom a connection waits for that has not had its turn', () => {
    const trace = new WrittenTrace('iterative', 1);
    const silent = trace.connection(0, { turn: 0 });
    const waiting = trace.connection(20, { turn: NaN });
    const wait = turnWaitOf(trace.store(500), waiting);
    assert.deepEqual([wait?.open, wait?.end, wait?.blockers[0]?.open], [true, 500, true]);
    assert.equal(wait?.blockers[0]?.connection, silent.id);
  });

  it('links a call to what it asked this server itself', () => {
    const trace = new WrittenTrace('threads', 2);
    const outer = trace.request('GET /outer', { at: 0, app: [1, 500], end: 501 });
    const other = trace.connection(50);
    const inner = trace.request('GET /inner', {
      at: 101,
      on: trace.connection(100, { caller: outer.id }),
      app: [102, 400],
      end: 401,
    });
    trace.request('GET /other', { at: 110, on: other, app: [110, 120], end: 120 });
    const [wait] = waitsOf(trace.store(1000), outer.id);
    assert.deepEqual([wait?.why, wait?.start, wait?.end, wait?.provenance], ['self', 100, 401, 'inferred']);
    assert.deepEqual(
      wait?.blockers.map(({ exchange }) => exchange),
      [inner.id],
    );
  });

  it('concludes that calls shared the GIL where others computed while it did not', () => {
    const blockers = (cpu: number, ...others: readonly number[]) => {
      const trace = new WrittenTrace('threads', 4);
      const asked = trace.request('GET /mine', { at: 0, app: [0, 1000], end: 1000, cpu });
      others.forEach((time) => trace.request('GET /other', { at: 1, app: [1, 1001], end: 1001, cpu: time }));
      return blockersOf(trace.store(2000), asked.id).map(({ why }) => why);
    };
    assert.deepEqual(blockers(250, 250, 250, 250), ['gil', 'gil', 'gil']);
    assert.deepEqual(blockers(500, 480), ['gil']);
    assert.deepEqual(blockers(150, 200, 250), ['gil', 'gil'], 'the machine is busy with other things too');
    assert.deepEqual(blockers(150, 200), [], 'most of the time nobody had the lock');
    assert.deepEqual(blockers(250), [], 'alone: it waited for something else');
    assert.deepEqual(blockers(950, 40), [], 'it had the processor for itself');
    assert.deepEqual(blockers(10, 980), [], 'it did not compute');
    assert.deepEqual(blockers(250, NaN, NaN), [], 'nothing is known of the others');
    assert.deepEqual(blockers(850, 850), [], 'more than one processor: no lock');
  });

  it('does not take calls of other processes for sharers of the GIL', () => {
    const trace = new WrittenTrace('processes', 2);
    const asked = trace.request('GET /mine', { at: 0, app: [0, 1000], end: 1000, cpu: 500 });
    trace.request('GET /other', { at: 1, app: [1, 1001], end: 1001, cpu: 500, worker: 2 });
    assert.deepEqual(waitsOf(trace.store(2000), asked.id), []);
  });

  it('has bounded, finite answers for whatever rows there are', () => {
    const instant = fc.oneof(fc.constant(NaN), fc.double({ min: 0, max: 1000, noNaN: true }));
    const exchange = fc.record({
      connection: fc.integer({ min: 0, max: 5 }),
      flags: fc.integer({ min: 0, max: 15 }),
      worker: fc.integer({ min: 0, max: 2 }),
      queuePosition: fc.integer({ min: 0, max: 5 }),
      start: fc.double({ min: 0, max: 1000, noNaN: true }),
      ready: instant,
      appStart: instant,
      appEnd: instant,
      cpu: instant,
      end: instant,
    });
    const connection = fc.record({
      caller: fc.integer({ min: 0, max: 6 }),
      accepted: fc.double({ min: 0, max: 1000, noNaN: true }),
      registered: instant,
      turn: instant,
      closed: instant,
    });
    fc.assert(
      fc.property(fc.array(exchange, { maxLength: 12 }), fc.array(connection, { maxLength: 6 }), (rows, lanes) => {
        const store = new TraceStore(100);
        const exchanges = rows.map((row, index) => exchangeRow({ id: index + 1, ...row }));
        const connections = lanes.map((lane, index) => connectionRow({ id: index + 1, ...lane }));
        store.append(batchOf({ exchanges, connections, now: 1500 }));
        for (const { id, flags } of exchanges) {
          const waits = waitsOf(store, id);
          assert.ok(waits.length <= 4);
          assert.ok((flags & exchangeFlags.queued) !== 0 || waits.every(({ why }) => why !== 'slot'));
          for (const { start, end, blockers, why } of waits) {
            assert.ok(Number.isFinite(start) && Number.isFinite(end) && end >= start);
            for (const blocker of blockers) {
              assert.ok(Number.isFinite(blocker.start) && Number.isFinite(blocker.end));
              assert.ok(blocker.exchange !== id || why === 'self');
            }
          }
        }
      }),
    );
  });
});
