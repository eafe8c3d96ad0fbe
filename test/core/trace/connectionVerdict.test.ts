import assert from 'node:assert/strict';
import { connectionVerdictOf } from '../../../src/core/trace/connectionVerdict';
import { sentenceOf } from '../../../src/core/trace/verdict';
import { WrittenTrace } from './writtenTrace';

describe('the verdict on a connection', () => {
  const says = (trace: WrittenTrace, id: number, now = 5000): string | undefined => {
    const verdict = connectionVerdictOf(trace.store(now), id);
    return verdict && sentenceOf(verdict);
  };

  it('says for whom it waits', () => {
    const trace = new WrittenTrace('iterative', 1);
    const silent = trace.connection(0, { turn: 0 });
    const waiting = trace.connection(1000, { turn: NaN });
    assert.equal(
      says(trace, waiting.id, 4100),
      'Waits for its turn for 3.10 s: 127.0.0.1:61001 was accepted first and has sent nothing: an idle browser preconnect; one connection at a time in this model.',
    );
    assert.equal(
      says(trace, silent.id, 4100),
      'It has sent nothing for 4.10 s: an idle browser preconnect, perhaps. One connection at a time in this model, so all others wait.',
    );
  });

  it('says how long it waited, and where it never had its turn', () => {
    const trace = new WrittenTrace('iterative', 1);
    const first = trace.connection(0, { turn: 0, closed: 3000 });
    trace.request('GET /slow', { at: 1, on: first, app: [2, 2990], end: 2999 });
    const served = trace.connection(1000, { turn: 3000, closed: 3100, requests: 1 });
    const gone = trace.connection(1500, { turn: NaN, closed: 2500 });
    const because = ': 127.0.0.1:61001 was accepted first (GET /slow); one connection at a time in this model.';
    assert.equal(says(trace, served.id), `Waited 2.00 s for its turn${because}`);
    assert.equal(says(trace, gone.id), `Waited 1.00 s for its turn${because} It was closed before that.`);
  });

  it('says that a silent one holds nobody up in the other models', () => {
    const trace = new WrittenTrace('threads', 4);
    const { id } = trace.connection(0, { turn: 0, closed: 3600 });
    assert.equal(
      says(trace, id),
      'It was open for 3.60 s and sent nothing: an idle browser preconnect, perhaps. In this model it holds nobody up.',
    );
  });

  it('says that the app itself opened it, and leads to that call', () => {
    const trace = new WrittenTrace('threads', 4);
    const outer = trace.request('GET /outer', { at: 0, app: [1, 900], end: 901 });
    const own = trace.connection(100, { caller: outer.id, closed: 800 });
    trace.request('GET /inner', { at: 101, on: own, app: [102, 700], end: 701 });
    const verdict = connectionVerdictOf(trace.store(1000), own.id);
    assert.ok(verdict);
    assert.equal(sentenceOf(verdict), 'The app itself opened it, in its call for GET /outer (inferred).');
    assert.deepEqual(
      verdict.blockers.map(({ exchange, start, end }) => [exchange, start, end]),
      [[outer.id, 100, 800]],
    );
  });

  it('is nothing where its requests say all, or where it is not known', () => {
    const trace = new WrittenTrace('threads', 4);
    const { connection } = trace.request('GET /', { at: 0, app: [1, 2], end: 3 });
    assert.equal(says(trace, connection), undefined);
    assert.equal(says(trace, 99), undefined);
  });
});
