import assert from 'node:assert/strict';
import type { Batch } from '../../src/core/trace/batch';
import { TraceStore } from '../../src/core/trace/traceStore';
import { arrivalOf } from '../../src/replay/arrival';
import { Traffic } from '../ui/traffic';

/** A trace that grows by hand. */
class Place {
  readonly trace = new TraceStore(1000);
  readonly listeners = new Set<() => void>();

  onDidAppend(listener: () => void): { dispose(): unknown } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  append(batch: Batch): void {
    this.trace.append(batch);
    for (const listener of [...this.listeners]) listener();
  }
}

const never = new Promise<never>(() => undefined);

describe('the arrival of a request', () => {
  it('is the first exchange on the newest connection from its port', async () => {
    const [place, traffic] = [new Place(), new Traffic()];
    traffic.exchange(traffic.connection(10, 50_001), { at: 11, target: '/before', app: 1 });
    place.append(traffic.batch(100));
    const arrival = arrivalOf(place, 50_001, 1000, never);
    assert.equal(arrival.connection(), undefined, 'the port was used before');
    traffic.exchange(traffic.connection(1001, 50_002), { at: 1002, target: '/other', app: 1 });
    place.append(traffic.batch(1010));
    const connection = traffic.connection(1011, 50_001);
    place.append(traffic.batch(1020));
    assert.equal(arrival.connection(), connection.id);
    const first = traffic.exchange(connection, { at: 1021, target: '/', app: 1 });
    traffic.exchange(connection, { at: 1030, target: '/pipelined', app: 1 });
    place.append(traffic.batch(1040));
    assert.equal(await arrival.exchange, first.id);
    assert.equal(place.listeners.size, 0, 'nobody looks out any longer');
  });

  it('is found where the trace had it before anybody looked', async () => {
    const [place, traffic] = [new Place(), new Traffic()];
    const row = traffic.exchange(traffic.connection(1001, 50_001), { at: 1002, target: '/', app: 1 });
    place.append(traffic.batch(1010));
    assert.equal(await arrivalOf(place, 50_001, 1000, never).exchange, row.id);
  });

  it('is none where the connection ends without an exchange, and takes what the last batch brings', async () => {
    const [place, traffic] = [new Place(), new Traffic()];
    assert.equal(await arrivalOf(place, 50_001, 1000, Promise.reject(new Error('refused'))).exchange, undefined);
    const arrival = arrivalOf(place, 50_001, 1000, Promise.resolve());
    const row = traffic.exchange(traffic.connection(1001, 50_001), { at: 1002, target: '/', app: 1 });
    setTimeout(() => place.append(traffic.batch(1010)), 50);
    assert.equal(await arrival.exchange, row.id);
    assert.equal(place.listeners.size, 0);
  });
});
