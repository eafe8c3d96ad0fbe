import assert from 'node:assert/strict';
import { laneMoment, placeOnConnection, reuseSentence } from '../../../../media/timeline/model/laneMoment';
import { Trace } from '../../../../media/timeline/model/trace';
import type { Closer, Closing } from '../../../../src/core/trace/columns';
import { Traffic } from '../../../ui/traffic';

function written(
  by: Closer = 'server',
  how: Closing = 'idle timeout',
): { trace: Trace; says: (time: number) => string } {
  const traffic = new Traffic();
  const connection = traffic.connection(100, 40_000);
  traffic.exchange(connection, { at: 200, target: '/a', app: 99.6, send: 0.06 });
  traffic.exchange(connection, { at: 500, target: '/b', app: 99.6, send: 0.06 });
  if (by !== 'open') traffic.close(connection, 1600, by, how, 40);
  const trace = new Trace(100);
  trace.append(traffic.batch(3000));
  return { trace, says: (time) => laneMoment(trace, trace.connection(1) ?? assert.fail(), time, 3000) };
}

describe('laneMoment', () => {
  it('says what the connection did: accepted, idle, closed and by whom', () => {
    const { says } = written();
    assert.equal(says(90), 'Not accepted yet: 10.0 ms later.');
    assert.equal(says(100.02), 'Accepted; its addresses were known 80 µs later.');
    assert.equal(says(150), 'Idle for 99.9 ms before its first request.');
    assert.equal(says(250), '', 'a request is under way');
    assert.equal(says(400), 'Idle for 200 ms between its 1st and 2nd request.');
    assert.equal(says(1000), 'Idle for 1.00 s after the 2nd request.');
    assert.equal(says(1610), 'Closed by idle timeout; the close took 40.0 ms.');
    assert.equal(says(2000), 'Closed by idle timeout, 360 ms before.');
  });

  it('names who left, and what goes on', () => {
    assert.equal(written('client', 'RST').says(1610), 'Client left (RST); the close took 40.0 ms.');
    assert.equal(written('open').says(2000), 'Idle for 2.40 s after the 2nd request.');
  });
});

describe('reuseSentence', () => {
  it('counts the requests of a connection, forgotten ones among them', () => {
    const { trace } = written();
    const [first, second] = [trace.exchange(1), trace.exchange(2)];
    assert.ok(first && second);
    assert.equal(reuseSentence(trace, first), '');
    assert.equal(reuseSentence(trace, second), '2nd request on its connection, after 200 ms idle');

    const traffic = new Traffic();
    const connection = traffic.connection(0, 40_000);
    for (let at = 10; at <= 200; at += 10) traffic.exchange(connection, { at, target: '/', app: 1 });
    const small = new Trace(4);
    small.append(traffic.batch(1000));
    const last = small.exchange(20);
    assert.ok(last);
    assert.equal(placeOnConnection(small, last), 20);
  });
});
