import assert from 'node:assert/strict';
import { RunPicture } from '../../../../media/timeline/model/comparedRun';
import { differenceSentence, requestSentence } from '../../../../media/timeline/model/comparedWords';
import { comparedRun } from '../../../../src/core/trace/comparison';
import type { ConcurrencyModel } from '../../../../src/core/trace/concurrency';
import { TraceStore } from '../../../../src/core/trace/traceStore';
import { Traffic, type Request } from '../../../ui/traffic';

/** Requests of a run, each on the connection of its number; the first accept is at 100 ms. */
function run(
  model: ConcurrencyModel,
  slots: number,
  requests: readonly (Omit<Request, 'target'> & { on: number; turn?: number; missing?: boolean })[],
): RunPicture {
  const traffic = new Traffic();
  const connections = new Map<number, ReturnType<Traffic['connection']>>();
  const sent = requests.filter(({ missing }) => missing !== true);
  for (const { on, turn, at, ...request } of sent) {
    const connection = connections.get(on) ?? traffic.connection(100 + at, 40_000 + on);
    if (!connections.has(on) && turn !== undefined) connection.turn = 100 + turn;
    connections.set(on, connection);
    traffic.exchange(connection, { at: 100 + (turn ?? at), target: `/${on}`, ...request });
  }
  for (const connection of connections.values()) traffic.close(connection, 5000, 'server', 'FIN');
  const trace = new TraceStore(100);
  trace.append(traffic.batch(6000));
  let next = 0;
  const exchanges = requests.map(({ missing }) => (missing === true ? undefined : ++next));
  return new RunPicture(comparedRun({ model, slots, trace, exchanges, zero: 100 }), requests.length);
}

const quick = run('threads', 4, [
  { on: 1, at: 0, app: 300 },
  { on: 2, at: 10, app: 300 },
  { on: 2, at: 400, app: 10 },
]);
const slow = run('iterative', 1, [
  { on: 1, at: 0, app: 300 },
  { on: 2, at: 10, turn: 301, app: 300, status: 500, outcome: 'app error' },
  { on: 3, at: 400, turn: 602, app: 10 },
]);

describe('the picture of a compared run', () => {
  it('has a lane for each request, with what of the connection belongs to it', () => {
    assert.equal(quick.trace.lanes.length, 3);
    const lanes = [1, 2, 3].map((id) => quick.trace.connection(id));
    assert.deepEqual(
      lanes.map((lane) => [Number.isNaN(lane?.accepted), Number.isNaN(lane?.closed)]),
      [
        [false, false],
        [false, true],
        [true, false],
      ],
    );
    assert.equal(quick.trace.connections.most, 2);
    assert.equal(quick.trace.connections.current, 0);
  });

  it('says beside a request how long it took, how much of that it waited, and what went wrong', () => {
    assert.deepEqual(quick.caption(1).summaries, ['300 ms']);
    assert.deepEqual(slow.caption(2).summaries, ['500 · 591 ms · waited 291 ms', '500 · 591 ms']);
    assert.equal(slow.caption(2).title, 'GET /2');
  });

  it('keeps a place for what was not sent', () => {
    const broken = run('threads', 1, [
      { on: 1, at: 0, app: 5 },
      { on: 2, at: 3, app: 5, missing: true },
    ]);
    assert.equal(broken.trace.lanes.length, 2);
    assert.deepEqual(broken.caption(2).summaries, ['not sent']);
    assert.equal(broken.totals.failures, 1);
  });
});

describe('the words of a comparison', () => {
  it('say which took longer, how much was waited, and what failed', () => {
    assert.equal(
      differenceSentence(quick, slow),
      'iterative took 1.5 times as long: it finished in 612 ms, threads × 4 in 410 ms. Mean wait 164 ms against 0. 1 of 3 failed, 0 before.',
    );
    assert.equal(
      differenceSentence(slow, quick),
      'threads × 4 was 1.5 times as fast: it finished in 410 ms, iterative in 612 ms. Mean wait 0 against 164 ms. 0 of 3 failed, 1 before.',
    );
  });

  it('make no difference of what is none, and tell two runs under one model apart', () => {
    assert.equal(
      differenceSentence(quick, quick),
      'threads × 4, run again, took about as long: it finished in 410 ms, the first run in 410 ms. Nobody waited.',
    );
  });

  it('tell of a request what it took in both', () => {
    assert.equal(
      requestSentence(quick, slow, 2),
      'GET /2: under threads × 4 300 ms; under iterative 591 ms, of which it waited 291 ms.',
    );
  });
});
