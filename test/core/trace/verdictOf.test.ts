import assert from 'node:assert/strict';
import fc from 'fast-check';
import { closers, closings, outcomes } from '../../../src/core/trace/columns';
import type { ConcurrencyModel } from '../../../src/core/trace/concurrency';
import type { ExchangeDetail } from '../../../src/core/trace/detail';
import { TraceStore } from '../../../src/core/trace/traceStore';
import { sentenceOf, type VerdictKind } from '../../../src/core/trace/verdict';
import { verdictOf } from '../../../src/core/trace/verdictOf';
import { batchOf, connectionRow, exchangeRow } from './traceRows';
import { WrittenTrace } from './writtenTrace';

interface Case {
  readonly kind: VerdictKind;
  readonly says: string;
  readonly model?: readonly [ConcurrencyModel, number];
  readonly now?: number;
  readonly detail?: ExchangeDetail;
  /** @returns the id of the exchange that is asked for */
  readonly trace: (trace: WrittenTrace) => number;
}

const fourThreads = ['threads', 4] as const;

const cases: readonly Case[] = [
  {
    kind: 'quick',
    says: 'Done in 1.20 ms: nothing waited.',
    trace: (trace) => trace.request('GET /', { at: 0, app: [0.1, 1], end: 1.2 }).id,
  },
  {
    kind: 'quick',
    says: 'Done in 4.00 ms, of which it waited 2.50 ms for a free slot.',
    trace: (trace) => trace.request('GET /', { at: 0, queued: 1, app: [2.5, 3], end: 4 }).id,
  },
  {
    kind: 'slot',
    says: 'Waited 3.10 s for a free slot: all 4 were busy (GET /slow ×4). The app itself took 100 ms.',
    trace: (trace) => {
      for (let count = 0; count < 4; count++)
        trace.request('GET /slow?seconds=4', { at: count, app: [count, 4100], end: 4101 });
      return trace.request('GET /hello', { at: 1000, queued: 1, app: [4100, 4200], end: 4201 }).id;
    },
  },
  {
    kind: 'slot',
    says: 'Waited 1.90 s for a free slot: the only one was busy and 1 other came first (POST /b, GET /a). The app itself took 50.0 ms.',
    model: ['threads', 1],
    trace: (trace) => {
      trace.request('GET /a', { at: 0, app: [0, 1000], end: 1001 });
      trace.request('POST /b', { at: 50, queued: 1, app: [1000, 2000], end: 2001 });
      return trace.request('GET /c', { at: 100, queued: 2, app: [2000, 2050], end: 2051 }).id;
    },
  },
  {
    kind: 'slot',
    says: 'Waiting for a free slot for 1.20 s: both are busy (GET /a, GET /b).',
    model: ['threads', 2],
    now: 2200,
    trace: (trace) => {
      trace.request('GET /a', { at: 0, app: [0] });
      trace.request('GET /b', { at: 100, app: [100] });
      return trace.request('GET /c', { at: 1000, queued: 1 }).id;
    },
  },
  {
    kind: 'turn',
    says: 'Waited 3.10 s for its turn: 127.0.0.1:61001 was accepted first and had sent nothing: an idle browser preconnect; one connection at a time in this model. The app itself took 100 ms.',
    model: ['iterative', 1],
    trace: (trace) => {
      trace.connection(0, { turn: 0, closed: 3200 });
      const lane = trace.connection(100, { turn: 3200 });
      return trace.request('GET /', { at: 3201, on: lane, app: [3202, 3302], end: 3303 }).id;
    },
  },
  {
    kind: 'turn',
    says: 'Waited 1.90 s for its turn: 127.0.0.1:61001 was accepted first (GET /slow), and 1 other came before it; one connection at a time in this model. The app itself took 10.0 ms.',
    model: ['iterative', 1],
    trace: (trace) => {
      const slow = trace.connection(0, { turn: 0, closed: 1900 });
      trace.request('GET /slow', { at: 1, on: slow, app: [1, 1890], end: 1895 });
      const next = trace.connection(50, { turn: 1900, closed: 2000 });
      trace.request('GET /next', { at: 1901, on: next, app: [1902, 1990], end: 1995 });
      const lane = trace.connection(100, { turn: 2000 });
      return trace.request('GET /', { at: 2001, on: lane, app: [2002, 2012], end: 2013 }).id;
    },
  },
  {
    kind: 'waiting',
    says: '50 % in the app call (1.00 s), which waited for something else for 99 % of it: a database, a lock, sleep (inferred from its processor time, 10.0 ms). Before that it waited 990 ms for a free slot: the only one was busy (GET /a).',
    model: ['threads', 1],
    trace: (trace) => {
      trace.request('GET /a', { at: 0, app: [0, 1000], end: 1001 });
      return trace.request('GET /b', { at: 10, queued: 1, app: [1000, 2000], end: 2010, cpu: 10 }).id;
    },
  },
  {
    kind: 'head',
    says: 'The client took 2.40 s to send the head of its request.',
    trace: (trace) =>
      trace.request('GET /', { at: 0, received: 2400, headEnd: 2400, ready: 2401, app: [2402, 2500], end: 2501 }).id,
  },
  {
    kind: 'body',
    says: 'The body of the request took 2.40 s to arrive. The app itself took 98.0 ms.',
    trace: (trace) =>
      trace.request('POST /', { at: 0, received: 2400, headEnd: 0.5, ready: 2401, app: [2402, 2500], end: 2501 }).id,
  },
  {
    kind: 'body',
    says: 'The body of the request took 2.40 s to arrive, while the app read it.',
    trace: (trace) =>
      trace.request('POST /', { at: 0, received: 2400, headEnd: 0.5, ready: 1, app: [2, 2500], end: 2501 }).id,
  },
  {
    kind: 'continue',
    says: 'The client waited 1.20 s for 100 Continue: the app asked for the body only then.',
    detail: {
      exchange: 1,
      requestHead: '',
      responseHead: '',
      logs: [],
      findings: [],
      marks: [{ name: '100 Continue', at: 1200, provenance: 'measured' }],
    },
    trace: (trace) =>
      trace.request('POST /', { at: 0, received: 1300, headEnd: 0.5, ready: 1, app: [2, 1500], end: 1501 }).id,
  },
  {
    kind: 'app',
    says: '98 % in the app call (2.95 s).',
    trace: (trace) => trace.request('GET /', { at: 0, app: [50, 3000], end: 3001 }).id,
  },
  {
    kind: 'computing',
    says: '99 % in the app call (2.99 s): it computed all the time (2.95 s of processor time).',
    trace: (trace) => trace.request('GET /', { at: 0, app: [10, 3000], end: 3005, cpu: 2950 }).id,
  },
  {
    kind: 'waiting',
    says: '99 % in the app call (2.99 s), which waited for something else for 98 % of it: a database, a lock, sleep (inferred from its processor time, 60.0 ms).',
    trace: (trace) => trace.request('GET /', { at: 0, app: [10, 3000], end: 3005, cpu: 60 }).id,
  },
  {
    kind: 'app',
    says: '99 % in the app call (990 ms), which used 600 ms of processor time.',
    trace: (trace) => trace.request('GET /', { at: 0, app: [10, 1000], end: 1001, cpu: 600 }).id,
  },
  {
    kind: 'gil',
    says: 'The app call used 900 ms of processor time in 3.60 s while 3 other calls of the same process ran: they share one GIL (inferred).',
    trace: (trace) => {
      for (let count = 0; count < 3; count++) trace.request('GET /c', { at: 0, app: [0, 3600], end: 3601, cpu: 900 });
      return trace.request('GET /c', { at: 1, app: [1, 3601], end: 3602, cpu: 900 }).id;
    },
  },
  {
    kind: 'processor',
    says: 'The app call used 1.80 s of processor time in 3.60 s while 1 call of other processes computed: they share this machine’s processors (inferred).',
    model: ['processes', 2],
    trace: (trace) => {
      trace.request('GET /c', { at: 0, app: [0, 3600], end: 3601, cpu: 1800, worker: 2 });
      return trace.request('GET /c', { at: 1, app: [1, 3601], end: 3602, cpu: 1800 }).id;
    },
  },
  {
    kind: 'self',
    says: '100 % in the app call (1.00 s): it asked this server itself, which took 900 ms (GET /inner, inferred).',
    trace: (trace) => {
      const outer = trace.request('GET /outer', { at: 0, app: [0.1, 1000], end: 1000.2, cpu: 5 });
      const lane = trace.connection(50, { caller: outer.id });
      trace.request('GET /inner', { at: 51, on: lane, app: [52, 949], end: 950 });
      return outer.id;
    },
  },
  {
    kind: 'streaming',
    says: 'The app sent its response over 2.00 s, as it made it; the first part left after 20.0 ms.',
    trace: (trace) => trace.request('GET /', { at: 0, app: [10, 2030], sendStart: 30, end: 2031, cpu: 3 }).id,
  },
  {
    kind: 'stall',
    says: 'The app answered in 12.0 ms; the client took 2.40 s to read.',
    trace: (trace) =>
      trace.request('GET /', { at: 0, app: [1, 13], stallStart: 13, stallEnd: 2413, sendEnd: 2413, end: 2413 }).id,
  },
  {
    kind: 'send',
    says: 'Sending the response took 80.0 ms.',
    trace: (trace) => trace.request('GET /', { at: 0, app: [1, 13], end: 93 }).id,
  },
  {
    kind: 'overhead',
    says: 'The way to the app and back took 30.0 ms: the server’s own time. The app itself took 1.00 ms.',
    trace: (trace) => trace.request('GET /', { at: 0, app: [30, 31], end: 31.5 }).id,
  },
  {
    kind: 'head',
    says: 'The head of the request has been arriving for 1.50 s.',
    now: 1500,
    trace: (trace) => trace.request('', { at: 0, headEnd: NaN, ready: NaN }).id,
  },
  {
    kind: 'body',
    says: 'The body of the request has been arriving for 1.50 s.',
    now: 1510,
    trace: (trace) => trace.request('POST /', { at: 0, headEnd: 10, received: 900, ready: NaN }).id,
  },
  {
    kind: 'overhead',
    says: 'On its way to the app for 3.00 ms.',
    now: 3,
    trace: (trace) => trace.request('GET /', { at: 0 }).id,
  },
  {
    kind: 'app',
    says: 'In the app call for 1.50 s.',
    now: 1510,
    trace: (trace) => trace.request('GET /', { at: 0, app: [10] }).id,
  },
  {
    kind: 'self',
    says: 'In the app call for 1.50 s: it asks this server itself (GET /inner).',
    now: 1510,
    trace: (trace) => {
      const outer = trace.request('GET /outer', { at: 0, app: [10] });
      trace.request('GET /inner', { at: 51, on: trace.connection(50, { caller: outer.id }), app: [52] });
      return outer.id;
    },
  },
  {
    kind: 'streaming',
    says: 'The app has been sending for 1.48 s and goes on.',
    now: 1510,
    trace: (trace) => trace.request('GET /', { at: 0, app: [10], sendStart: 30 }).id,
  },
  {
    kind: 'stall',
    says: 'The client has not read for 1.20 s: the rest of the response waits until it does.',
    now: 1510,
    trace: (trace) => trace.request('GET /', { at: 0, app: [10, 40], stallStart: 310 }).id,
  },
  {
    kind: 'send',
    says: 'Sending the response for 470 ms.',
    now: 510,
    trace: (trace) => trace.request('GET /', { at: 0, app: [10, 40] }).id,
  },
  {
    kind: 'failed',
    says: 'Refused with 400, and not passed to the app.',
    trace: (trace) =>
      trace.request('', { at: 0, ready: NaN, headEnd: NaN, status: 400, outcome: 'refused', end: 1 }).id,
  },
  {
    kind: 'failed',
    says: 'The app failed after 12.0 ms.',
    trace: (trace) => trace.request('GET /', { at: 0, app: [1, 13], outcome: 'app error', end: 14 }).id,
  },
  {
    kind: 'failed',
    says: 'The app worker went away after 999 ms of this call.',
    trace: (trace) => trace.request('GET /', { at: 0, app: [1], outcome: 'worker lost', end: 1000 }).id,
  },
  {
    kind: 'failed',
    says: 'No app worker took this request in 1.00 s.',
    trace: (trace) => trace.request('GET /', { at: 0, queued: 1, outcome: 'worker lost', end: 1000 }).id,
  },
  {
    kind: 'failed',
    says: 'The app call was given up after 5.00 s: its time limit.',
    trace: (trace) => trace.request('GET /', { at: 0, app: [1], outcome: 'timed out', end: 5001 }).id,
  },
  {
    kind: 'failed',
    says: 'The server was stopped after 5.00 s, while the client waited.',
    trace: (trace) => trace.request('GET /', { at: 0, app: [1], outcome: 'server stopped', end: 5000 }).id,
  },
  {
    kind: 'failed',
    says: 'Its connection was closed by hand after 1.20 s, before all was sent.',
    trace: (trace) => {
      const by = { closing: 1200, closedBy: closers.indexOf('server'), how: closings.indexOf('by hand') };
      const on = trace.connection(0, by);
      return trace.request('GET /', { at: 0, on, app: [1, 4000], outcome: 'closed by hand', end: 4000 }).id;
    },
  },
  {
    kind: 'stall',
    says: 'The client did not read its response for 30.0 s, so the server closed the connection.',
    trace: (trace) =>
      trace.request('GET /', { at: 0, app: [1, 2], stallStart: 2, outcome: 'send timeout', end: 30_002 }).id,
  },
  {
    kind: 'left',
    says: 'The client left before the app had answered. The client sent RST at +1.20 s; the app ran on for 2.80 s.',
    trace: (trace) => {
      const gone = { closing: 1200, closedBy: closers.indexOf('client'), how: closings.indexOf('RST') };
      const on = trace.connection(0, gone);
      return trace.request('GET /', { at: 0, on, app: [1, 4000], outcome: 'client left', end: 4001 }).id;
    },
  },
  {
    kind: 'left',
    says: 'The client left after it had waited 1.20 s for a free slot: the only one was busy (GET /a).',
    model: ['threads', 1],
    trace: (trace) => {
      trace.request('GET /a', { at: 0, app: [0, 2000], end: 2000 });
      return trace.request('GET /b', { at: 100, queued: 1, outcome: 'client left', end: 1300 }).id;
    },
  },
  {
    kind: 'left',
    says: 'The client left while its body was arriving.',
    trace: (trace) => trace.request('POST /', { at: 0, ready: NaN, outcome: 'client left', end: 1300 }).id,
  },
  {
    kind: 'left',
    says: 'The client left before the head of its request was complete.',
    trace: (trace) => trace.request('', { at: 0, headEnd: NaN, ready: NaN, outcome: 'client left', end: 1300 }).id,
  },
  {
    kind: 'left',
    says: 'The client left before it had all of the response.',
    trace: (trace) =>
      trace.request('GET /', { at: 0, app: [1, 2], bytesOut: 10, outcome: 'client left', end: 1300 }).id,
  },
  {
    kind: 'failed',
    says: 'Refused after 2.00 s: it waited for a slot that only its own caller could free.',
    trace: (trace) => trace.request('GET /inner', { at: 0, queued: 1, outcome: 'deadlock', end: 2000 }).id,
  },
  {
    kind: 'deadlock',
    says: 'The app called its own server and waited for itself: deadlock with 1 slot. GET /inner waited for 1.90 s. Choose more slots (lifeline.slots) or another model, or call the function instead of the server.',
    model: ['threads', 1],
    trace: (trace) => {
      const outer = trace.request('GET /outer', { at: 0, app: [10, 2020], outcome: 'client left', end: 2021 });
      const on = trace.connection(100, { caller: outer.id });
      trace.request('GET /inner', { at: 110, on, queued: 1, outcome: 'deadlock', end: 2010 });
      return outer.id;
    },
  },
  {
    kind: 'deadlock',
    says: 'The app called its own server, and this request waits for a slot that only its callers could free: deadlock with 2 slots. GET /inner has waited for 890 ms. Choose more slots (lifeline.slots) or another model, or call the function instead of the server.',
    model: ['threads', 2],
    now: 1000,
    trace: (trace) => {
      const deep = trace.request('GET /deep', { at: 0, app: [1] });
      const outer = trace.request('GET /outer', { at: 11, on: trace.connection(10, { caller: deep.id }), app: [12] });
      const on = trace.connection(100, { caller: outer.id });
      return trace.request('GET /inner', { at: 110, on, queued: 1 }).id;
    },
  },
  {
    kind: 'slot',
    says: 'Waiting for a free slot for 890 ms: both are busy (GET /other, GET /outer).',
    model: ['threads', 2],
    now: 1000,
    trace: (trace) => {
      trace.request('GET /other', { at: 0, app: [1] });
      const outer = trace.request('GET /outer', { at: 11, app: [12] });
      const on = trace.connection(100, { caller: outer.id });
      return trace.request('GET /inner', { at: 110, on, queued: 1 }).id;
    },
  },
  {
    kind: 'deadlock',
    says: 'The app called its own server and waits for itself: deadlock with 1 slot. GET /inner has waited for 890 ms. Choose more slots (lifeline.slots) or another model, or call the function instead of the server.',
    model: ['threads', 1],
    now: 1000,
    trace: (trace) => {
      const outer = trace.request('GET /outer', { at: 0, app: [10] });
      trace.request('GET /inner', { at: 110, queued: 1, on: trace.connection(100, { caller: outer.id }) });
      return outer.id;
    },
  },
];

describe('verdictOf', () => {
  for (const { kind, says, trace, model = fourThreads, now = 10_000, detail } of cases) {
    it(`says: ${says}`, () => {
      const written = new WrittenTrace(...model);
      const id = trace(written);
      const verdict = verdictOf(written.store(now), id, detail);
      assert.ok(verdict);
      assert.equal(sentenceOf(verdict), says);
      assert.equal(verdict.kind, kind);
      assert.ok(verdict.share >= 0 && verdict.share <= 1);
    });
  }

  it('has a case for every outcome', () => {
    const seen = new Set(
      cases.map(({ trace, model = fourThreads }) => {
        const written = new WrittenTrace(...model);
        const id = trace(written);
        return outcomes[written.store(1).exchange(id)?.outcome ?? 0];
      }),
    );
    assert.deepEqual(
      [...outcomes].filter((outcome) => !seen.has(outcome)),
      [],
    );
  });

  it('gives the share, how it is known, and who held it up', () => {
    const trace = new WrittenTrace('threads', 1);
    const first = trace.request('GET /a', { at: 0, app: [0, 1000], end: 1000 });
    const { id } = trace.request('GET /b', { at: 0, queued: 1, app: [1000, 1250], end: 1250 });
    const verdict = verdictOf(trace.store(2000), id);
    assert.deepEqual([verdict?.share, verdict?.provenance], [0.8, 'measured']);
    assert.deepEqual(
      verdict?.blockers.map(({ exchange }) => exchange),
      [first.id],
    );
  });

  it('says that the app was starting, where nobody held a slot', () => {
    const trace = new WrittenTrace('threads', 4);
    const { id } = trace.request('GET /', { at: 0, queued: 1, app: [480, 490], end: 491 });
    const store = trace.store(1000);
    store.append({ ...batchOf({}), notes: [{ at: 479, name: 'app ready', text: '', level: 'info' }] });
    assert.equal(verdictOf(store, id)?.rest, ': the app was starting. The app itself took 10.0 ms.');
  });

  it('knows nothing of an exchange that is not there', () => {
    assert.equal(verdictOf(new TraceStore(1), 7), undefined);
  });

  it('always has one sentence with finite numbers, whatever stands in the rows', () => {
    const offset = fc.oneof(fc.constant(NaN), fc.float({ min: 0, max: 5000, noNaN: true }));
    const instant = fc.oneof(fc.constant(NaN), fc.double({ min: 0, max: 5000, noNaN: true }));
    const exchange = fc.record({
      connection: fc.integer({ min: 0, max: 5 }),
      method: fc.integer({ min: 0, max: 2 }),
      target: fc.integer({ min: 0, max: 2 }),
      status: fc.constantFrom(0, 200, 500),
      outcome: fc.integer({ min: 0, max: outcomes.length - 1 }),
      flags: fc.integer({ min: 0, max: 15 }),
      worker: fc.integer({ min: 0, max: 2 }),
      queuePosition: fc.integer({ min: 0, max: 5 }),
      start: fc.double({ min: 0, max: 5000, noNaN: true }),
      received: offset,
      parseTime: offset,
      headEnd: offset,
      environStart: offset,
      ready: offset,
      appStart: offset,
      appEnd: offset,
      cpu: offset,
      replied: offset,
      sendStart: offset,
      sendEnd: offset,
      stallStart: offset,
      stallEnd: offset,
      end: offset,
    });
    const connection = fc.record({
      caller: fc.integer({ min: 0, max: 6 }),
      remote: fc.integer({ min: 0, max: 2 }),
      closedBy: fc.integer({ min: 0, max: closers.length - 1 }),
      how: fc.integer({ min: 0, max: closings.length - 1 }),
      accepted: fc.double({ min: 0, max: 5000, noNaN: true }),
      registered: instant,
      turn: instant,
      closing: instant,
      closed: instant,
    });
    const slots = fc.integer({ min: 1, max: 3 });
    fc.assert(
      fc.property(
        fc.array(exchange, { minLength: 1, maxLength: 10 }),
        fc.array(connection, { maxLength: 6 }),
        slots,
        (rows, lanes, count) => {
          const store = new TraceStore(100);
          const exchanges = rows.map((row, index) => exchangeRow({ id: index + 1, ...row }));
          const connections = lanes.map((lane, index) => connectionRow({ id: index + 1, ...lane }));
          const batch = batchOf({ exchanges, connections, strings: ['GET', '/a?b'], now: 6000 });
          store.append({ ...batch, models: [{ at: 0, model: 'threads', slots: count }] });
          for (const { id } of exchanges) {
            const verdict = verdictOf(store, id);
            assert.ok(verdict);
            const sentence = sentenceOf(verdict);
            assert.match(sentence, /^[A-Z0-9][^]*[^.]\.$/);
            assert.doesNotMatch(sentence, /NaN|undefined|Infinity|–|−|\.\.| {2}/);
            assert.ok(verdict.share >= 0 && verdict.share <= 1);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
