import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ConnectionRow } from '../../../../src/core/trace/columns';
import { Trace } from '../../../../media/timeline/model/trace';
import { Traffic } from '../../../ui/traffic';

function numbers(trace: Trace): number[] {
  return [trace.running.current, trace.waiting.current, trace.demand.current, trace.connections.current];
}

describe('Trace', () => {
  it('has a lane for each connection, with or without requests, oldest first', () => {
    const traffic = new Traffic();
    const first = traffic.connection(10, 54310);
    traffic.connection(20, 54311);
    traffic.exchange(first, { at: 30, target: '/a', app: 5 });
    traffic.exchange(first, { at: 40, target: '/b', app: 5 });
    const trace = new Trace(100);
    trace.append(traffic.batch(50));
    assert.equal(trace.lanes.length, 2);
    assert.deepEqual([trace.lanes.connectionAt(0), trace.lanes.connectionAt(1)], [1, 2]);
    assert.deepEqual(trace.lanes.exchangesOf(1), [1, 2]);
    assert.deepEqual(trace.lanes.exchangesOf(2), []);
    assert.equal(trace.lanes.laneOf(2), 1);
    assert.equal(trace.first, 10);
  });

  it('counts running and waiting calls and open connections as rows change', () => {
    const traffic = new Traffic();
    const trace = new Trace(100);
    const connection = traffic.connection(0, 54310);
    const row = traffic.exchange(connection, { at: 1, target: '/', wait: 10 });
    const started = row.appStart;
    row.appStart = NaN;
    trace.append(traffic.batch(5));
    assert.deepEqual(numbers(trace), [0, 1, 1, 1]);
    assert.deepEqual([...trace.open], [1]);

    row.appStart = started;
    traffic.changed(row);
    trace.append(traffic.batch(20));
    assert.deepEqual(numbers(trace), [1, 0, 1, 1]);

    Object.assign(row, {
      appEnd: 30,
      replied: 30.1,
      sendStart: 30.2,
      sendEnd: 30.3,
      end: 30.4,
      outcome: 1,
      status: 200,
    });
    traffic.changed(row);
    trace.append(traffic.batch(40));
    assert.deepEqual(numbers(trace), [0, 0, 0, 1]);
    assert.equal(trace.open.size, 0);
    assert.equal(trace.waiting.most, 1);

    traffic.close(connection, 50, 'client', 'FIN');
    trace.append(traffic.batch(60));
    assert.deepEqual(numbers(trace), [0, 0, 0, 0]);
    assert.equal(trace.running.valueAt(row.start + row.appStart + 1), 1, 'and the past stays');
  });

  it('takes the end of the exchange where a call or a wait never ended of itself', () => {
    const traffic = new Traffic();
    const trace = new Trace(100);
    const connection = traffic.connection(0, 54310);
    const lost = traffic.exchange(connection, { at: 1, target: '/lost' });
    const left = traffic.exchange(connection, { at: 2, target: '/left', wait: 5 });
    Object.assign(lost, { end: 8, outcome: 4 });
    Object.assign(left, { appStart: NaN, end: 6, outcome: 5 });
    trace.append(traffic.batch(20));
    assert.deepEqual(numbers(trace), [0, 0, 0, 1]);
    assert.equal(trace.waiting.valueAt(5), 1);
    assert.equal(trace.waiting.valueAt(8.5), 0);
  });

  it('is not changed by a batch that comes again, nor by two rows of one exchange', () => {
    const traffic = new Traffic();
    const connection = traffic.connection(0, 54310);
    traffic.exchange(connection, { at: 1, target: '/' });
    const batch = traffic.batch(5);
    const trace = new Trace(100);
    trace.append(batch);
    trace.append(batch);
    assert.deepEqual(numbers(trace), [1, 0, 1, 1]);
    assert.equal(trace.running.length, 1);
    assert.deepEqual(trace.lanes.exchangesOf(1), [1]);
  });

  it('forgets lanes and exchanges with the store, and not what is still in progress elsewhere', () => {
    const traffic = new Traffic();
    const trace = new Trace(64);
    for (let count = 0; count < 500; count++) {
      const connection = traffic.connection(count, 40_000 + count);
      traffic.exchange(connection, { at: count + 0.2, target: '/', app: 0.1 });
      traffic.close(connection, count + 0.9, 'server', 'FIN', 0.01);
      trace.append(traffic.batch(count + 1));
    }
    assert.equal(trace.store.exchanges.forgotten, 436);
    assert.ok(trace.lanes.length >= 64 && trace.lanes.length <= 68, `${trace.lanes.length} lanes`);
    assert.equal(trace.lanes.laneOf(500), trace.lanes.length - 1);
    assert.deepEqual(trace.lanes.exchangesOf(500), [500]);
    assert.deepEqual(numbers(trace), [0, 0, 0, 0]);
  });

  it('forgets a few lanes with each batch, never all that it can', () => {
    const traffic = new Traffic();
    const trace = new Trace(4096);
    let most = 0;
    for (let count = 0; count < 9000; count++) {
      const connection = traffic.connection(count, 40_000 + (count % 100));
      traffic.exchange(connection, { at: count + 0.2, target: '/', app: 0.1 });
      traffic.close(connection, count + 0.9, 'server', 'FIN', 0.01);
      const before = trace.lanes.length;
      trace.append(traffic.batch(count + 1));
      most = Math.max(most, before + 1 - trace.lanes.length);
    }
    assert.ok(trace.lanes.length >= 4096 && trace.lanes.length < 4096 * 1.1, `${trace.lanes.length} lanes`);
    assert.ok(most > 0 && most < 64, `${most} at once`);
  });

  it('counts the connections and requests of a client as the store has them, however much it forgets', () => {
    const step = fc.record({
      opened: fc.array(fc.nat(2), { maxLength: 6 }),
      asked: fc.array(fc.nat(30), { maxLength: 8 }),
      closed: fc.array(fc.nat(30), { maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 40 }), (steps, capacity) => {
        const [traffic, trace] = [new Traffic(), new Trace(capacity)];
        const connections: ConnectionRow[] = [];
        steps.forEach(({ opened, asked, closed }, at) => {
          for (const client of opened) {
            connections.push(traffic.connection(at, 50_000 + connections.length, `10.0.0.${client}`));
          }
          // Old ones too: they may be forgotten already.
          const chosen = (which: number): ConnectionRow | undefined => connections[which % (connections.length || 1)];
          for (const connection of asked.map(chosen)) {
            if (connection) traffic.exchange(connection, { at, target: '/', app: 1 });
          }
          for (const connection of closed.map(chosen)) {
            if (connection && Number.isNaN(connection.closed)) traffic.close(connection, at, 'client', 'FIN');
          }
          trace.append(traffic.batch(at + 1));
          const counted = new Map(trace.clients.all.map(({ address, open, requests }) => [address, [open, requests]]));
          const { first, last } = trace.store.connections;
          for (let id = Math.max(1, first); id <= last; id++) {
            const row = trace.connection(id);
            const client = row && counted.get(trace.store.text(row.remote).split(':')[0] ?? '');
            if (!row) continue;
            assert.ok(client, `the client of ${id}`);
            client[0] = (client[0] ?? 0) - (Number.isNaN(row.closed) ? 1 : 0);
            client[1] = (client[1] ?? 0) - row.requests;
          }
          for (const [address, rest] of counted) assert.deepEqual(rest, [0, 0], address);
          const listed = trace.clients.all.flatMap((client) => client.connections);
          for (const id of listed) assert.ok(trace.lanes.laneOf(id) >= 0, `the lane of ${id}`);
          assert.equal(listed.length, new Set(listed).size);
        });
      }),
      { numRuns: 200 },
    );
  });
});
