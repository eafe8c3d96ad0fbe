import assert from 'node:assert/strict';
import {
  exchangeFlags,
  outcomes,
  type ConnectionRow,
  type ExchangeRow,
  type Outcome,
} from '../../../src/core/trace/columns';
import { timeOf, totalsOf, waitOf, type RunRow } from '../../../src/core/trace/totals';
import { connectionRow, exchangeRow } from './traceRows';

const { first, queued } = exchangeFlags;

function rowOf(
  exchange: Partial<ExchangeRow>,
  connection?: Partial<ConnectionRow>,
  outcome: Outcome = 'complete',
): RunRow {
  return {
    exchange: exchangeRow({ outcome: outcomes.indexOf(outcome), status: 200, ...exchange }),
    connection: connection && connectionRow(connection),
  };
}

function waitOfRow({ exchange, connection }: RunRow): number {
  assert.ok(exchange);
  return waitOf(exchange, connection);
}

describe('what a run comes to', () => {
  it('is finished when its last exchange is, counted from the first accept', () => {
    const rows = [rowOf({ start: 102, end: 300 }), rowOf({ start: 150, end: 100 })];
    const totals = totalsOf(rows, 100);
    assert.equal(totals.finishedIn, 302);
    assert.equal(totals.requests, 2);
    assert.equal(totals.failures, 0);
    assert.equal(totals.meanWait, 0);
  });

  it('waits for a slot from ready to the call, and only where none was free', () => {
    const times = { start: 0, ready: 5, appStart: 45, end: 100 };
    assert.equal(waitOfRow(rowOf({ ...times, flags: queued })), 40);
    assert.equal(waitOfRow(rowOf(times)), 0, 'that is the way to a free slot');
    assert.equal(waitOfRow(rowOf({ ...times, appStart: NaN, flags: queued })), 95, 'to its end, where none came');
  });

  it('waits for the turn of its connection, once and no longer than until its first byte', () => {
    const connection = { registered: 10, turn: 200 };
    const exchange = { start: 201, end: 50, flags: first };
    assert.equal(waitOfRow(rowOf(exchange, connection)), 190);
    assert.equal(waitOfRow(rowOf({ ...exchange, start: 100 }, connection)), 90);
    assert.equal(waitOfRow(rowOf({ ...exchange, flags: 0 }, connection)), 0, 'a later request has the turn already');
    assert.equal(waitOfRow(rowOf(exchange, { registered: 10 })), 0, 'its turn came at once');
    assert.equal(waitOfRow(rowOf({ ...exchange, flags: first | queued, ready: 2, appStart: 12 }, connection)), 200);
    const row = rowOf(exchange, connection);
    assert.ok(row.exchange);
    assert.equal(timeOf(row.exchange, row.connection), 240, 'and its time counts from there');
  });

  it('has a p95 that is one of its times', () => {
    const rows = Array.from({ length: 20 }, (_, index) => rowOf({ start: 0, end: index + 1 }));
    assert.equal(totalsOf(rows, 0).p95, 19);
    assert.equal(totalsOf(rows.slice(0, 3), 0).p95, 3);
    assert.equal(totalsOf(rows.slice(0, 1), 0).p95, 1);
    assert.equal(totalsOf([], 0).p95, 0);
  });

  it('counts as a failure what was not answered as it should', () => {
    const end = { start: 0, end: 10 };
    const rows: RunRow[] = [
      rowOf(end),
      rowOf({ ...end, status: 404 }),
      rowOf({ ...end, status: 500 }),
      rowOf({ ...end, status: 503 }, undefined, 'worker lost'),
      rowOf(end, undefined, 'client left'),
      rowOf({ start: 0 }, undefined, 'in progress'),
      { exchange: undefined, connection: undefined },
    ];
    const totals = totalsOf(rows, 0);
    assert.equal(totals.failures, 5);
    assert.equal(totals.requests, 7);
    assert.equal(totals.finishedIn, 10);
  });
});
