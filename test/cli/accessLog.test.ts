import assert from 'node:assert/strict';
import { AccessLog } from '../../src/cli/accessLog';
import { exchangeFlags, outcomes, type ExchangeRow } from '../../src/core/trace/columns';
import { batchOf, connectionRow, exchangeRow } from '../core/trace/traceRows';

const strings = ['127.0.0.1:8888', '127.0.0.1:54310', 'GET', '/slow?seconds=1', '/\x1b[2J"\\\r\nforged \x9b'];
const connection = connectionRow({ id: 1, local: 1, remote: 2, accepted: 98, registered: 98.25 });

function exchange(changes: Partial<ExchangeRow>): ExchangeRow {
  return exchangeRow({
    id: 1,
    connection: 1,
    method: 3,
    target: 4,
    status: 200,
    outcome: outcomes.indexOf('complete'),
    flags: exchangeFlags.first,
    bytesOut: 158,
    start: 100,
    received: 0.125,
    parseTime: 0.025,
    headEnd: 0.125,
    environStart: 0.125,
    ready: 0.1875,
    appStart: 0.5,
    appEnd: 1002.5,
    replied: 1002.625,
    sendStart: 1002.625,
    sendEnd: 1003.125,
    end: 1003.125,
    ...changes,
  });
}

function lines(log: AccessLog, ...exchanges: ExchangeRow[]): string[] {
  return log
    .append(batchOf({ exchanges, connections: [connection], strings, now: 2000 }))
    .split('\n')
    .slice(0, -1);
}

describe('Access log', () => {
  it('has one line for an exchange, with its phases in their order', () => {
    assert.deepEqual(lines(new AccessLog(), exchange({})), [
      '127.0.0.1:54310 "GET /slow?seconds=1" 200 158 B 1.003 s  accept 0.25 ms, recv 0.13 ms, parse 0.025 ms, environ 0.063 ms, hop 0.44 ms, app 1.002 s, sendall 0.50 ms',
    ]);
  });

  it('says whom it waited for, where that was long', () => {
    const flags = exchangeFlags.queued;
    const waited = exchange({
      id: 2,
      flags,
      queuePosition: 1,
      start: 200,
      ready: 0.5,
      appStart: 903,
      appEnd: 905,
      end: 906,
    });
    const [, line] = lines(new AccessLog(), exchange({ target: 5 }), waited);
    assert.match(
      line ?? '',
      / sendall \d[\d.]* ms {2}# waited 903 ms for a free slot: the only one was busy \(GET \/\\x1b\[2J\\"[^\n\r]*\)$/,
    );
    const short = exchange({ id: 3, flags, queuePosition: 1, ready: 0.5, appStart: 10 });
    assert.doesNotMatch(lines(new AccessLog(), short).at(-1) ?? '', /#/);
  });

  it('waits for the end of an exchange and logs it once, however often it is told of it', () => {
    const log = new AccessLog();
    const running = exchange({ appEnd: NaN, replied: NaN, sendStart: NaN, sendEnd: NaN, end: NaN });
    assert.deepEqual(lines(log, running), []);
    assert.equal(lines(log, exchange({})).length, 1);
    assert.deepEqual(lines(log, exchange({})), []);
  });

  it('logs exchanges whose rows come out of order', () => {
    const log = new AccessLog();
    assert.equal(lines(log, exchange({ id: 3 }), exchange({ id: 1 })).length, 2);
    assert.equal(lines(log, exchange({ id: 2 })).length, 1);
    assert.equal(lines(log, exchange({ id: 1 }), exchange({ id: 2 }), exchange({ id: 3 })).length, 0);
  });

  it('says how an exchange ended that is not complete', () => {
    const [line] = lines(
      new AccessLog(),
      exchange({ status: 0, outcome: outcomes.indexOf('client left'), sendStart: NaN, sendEnd: NaN, bytesOut: 0 }),
    );
    assert.match(line ?? '', /^127\.0\.0\.1:54310 "GET \/slow\?seconds=1" - 0 B 1\.003 s \(client left\) {2}accept/);
  });

  it('logs a request that was refused before its request line was known', () => {
    const refused = exchangeRow({ id: 1, connection: 1, status: 400, outcome: 2, start: 100, received: 1, end: 2 });
    assert.deepEqual(lines(new AccessLog(), refused), ['127.0.0.1:54310 "-" 400 0 B 2.00 ms (refused)  recv 1.00 ms']);
  });

  it('lets no client write to the terminal, or forge a line', () => {
    const made = lines(new AccessLog(), exchange({ target: 5 }));
    assert.equal(made.length, 1);
    assert.ok(made[0]?.includes('"GET /\\x1b[2J\\"\\\\\\x0d\\x0aforged \\x9b" 200'), made[0]);
  });

  it('does not fail where the connection is unknown', () => {
    const log = new AccessLog();
    assert.match(log.append(batchOf({ exchanges: [exchange({ connection: 9 })], strings })), /^- "GET/);
  });
});
