import assert from 'node:assert/strict';
import { exchangeFlags } from '../../../../src/core/trace/columns';
import { Series } from '../../../../src/core/trace/series';
import { doubtOf } from '../../../../media/timeline/model/doubt';

function lagsOf(...values: [number, number][]): Series {
  const lags = new Series(64);
  for (const [at, lag] of values) lags.add(at, lag);
  return lags;
}

const exchange = { flags: exchangeFlags.first, start: 1000, end: 200 };
const connection = { accepted: 990 };

describe('doubtOf', () => {
  it('is empty where the server thread was on time', () => {
    assert.equal(doubtOf(lagsOf(), exchange, connection, 5000), '');
    assert.equal(doubtOf(lagsOf([900, 20], [1100, 30]), exchange, connection, 5000), '');
    assert.equal(doubtOf(lagsOf([100, 700], [1300, 700]), exchange, connection, 5000), '', 'before and after it');
  });

  it('names the worst lag during the request', () => {
    const lags = lagsOf([300, 2], [500, 600], [1050, 80], [1190, 300], [1250, 900]);
    assert.match(doubtOf(lags, exchange, connection, 5000), /late by up to 600 ms during this request/);
  });

  it('goes on with a request that goes on', () => {
    const open = { ...exchange, end: NaN };
    assert.match(doubtOf(lagsOf([3000, 100]), open, connection, 5000), /late by up to 100 ms/);
    assert.equal(doubtOf(lagsOf([3000, 100]), open, connection, 2000), '');
  });

  it('tells that the client may have waited to be accepted, on the first request of a connection', () => {
    const lags = lagsOf([180, 800]);
    assert.match(doubtOf(lags, exchange, connection, 5000), /busy for 800 ms until it accepted this connection/);
    assert.equal(doubtOf(lags, { ...exchange, flags: 0 }, connection, 5000), '');
    assert.equal(doubtOf(lags, exchange, { accepted: 1500 }, 5000), '');
    assert.equal(doubtOf(lags, exchange, undefined, 5000), '');
  });
});
