import assert from 'node:assert/strict';
import type { ServerState } from '../../../../src/core/trace/messages';
import { ownErrorBrief, ownErrors } from '../../../../media/timeline/model/ownError';
import { Trace } from '../../../../media/timeline/model/trace';
import { batchOf, exchangeRow } from '../../../core/trace/traceRows';

const server: ServerState = {
  status: 'running',
  restricted: false,
  app: 'hello.py',
  concurrency: 'processes × 2',
  slots: 2,
  clockOriginUnixMs: 0,
  clockError: 0.006,
};

const valueOf = (name: string, ...args: Parameters<typeof ownErrors>): string | undefined =>
  ownErrors(...args).find((each) => each.name === name)?.value;

describe('the tool’s own error', () => {
  it('tells how late the server thread was, and warns where that is much', () => {
    const trace = new Trace(10);
    assert.equal(valueOf('Server thread late', trace, server, 0), 'not measured yet');
    trace.append({ ...batchOf({ now: 1250 }), lag: 250 });
    trace.append({ ...batchOf({ now: 2000.5 }), lag: 0.5 });
    assert.equal(valueOf('Server thread late', trace, server, 0), '500 µs, at most 250 ms at 1.000 s');
    assert.deepEqual(
      ownErrors(trace, server, 0).map(({ notable }) => notable),
      [true, false, false, false],
    );
    assert.equal(ownErrorBrief(trace, server), 'lag at most 250 ms · clock ± 6 µs · 0 exchanges forgotten');
  });

  it('tells how well the clock of each worker is known', () => {
    const trace = new Trace(10);
    assert.equal(valueOf('Worker’s clock', trace, undefined, 0), 'no worker yet');
    assert.equal(valueOf('Worker’s clock', trace, server, 0), '± 6 µs');
    const clocks = [
      { worker: 1, error: 0.004 },
      { worker: 2, error: 0.006 },
    ];
    assert.equal(valueOf('Worker’s clock', trace, { ...server, clocks }, 0), 'worker 1 ± 4 µs, worker 2 ± 6 µs');
  });

  it('counts what was forgotten and missed', () => {
    const trace = new Trace(2);
    trace.append(batchOf({ exchanges: [1, 2, 3].map((id) => exchangeRow({ id })) }));
    assert.equal(valueOf('Forgotten', trace, server, 0), '1 request, 0 connections, 0 notes');
    assert.equal(valueOf('Missed by this page', trace, server, 7), '7 batches');
    for (const { meaning } of ownErrors(trace, server, 7)) assert.match(meaning, /^[A-Z].*\.$/);
  });
});
