import assert from 'node:assert/strict';
import fc from 'fast-check';
import { exchangeFlags } from '../../../src/core/trace/columns';
import { phases } from '../../../src/core/trace/phases';
import { spansOf, turnOf, type Span } from '../../../src/core/trace/spans';
import { connectionRow, exchangeRow } from './traceRows';

const whole = exchangeRow({
  id: 1,
  connection: 1,
  flags: exchangeFlags.first,
  start: 100,
  received: 1,
  parseTime: 0.25,
  headEnd: 0.75,
  environStart: 1,
  ready: 1.5,
  appStart: 2,
  startResponse: 3,
  appEnd: 8,
  replied: 8.5,
  sendStart: 4,
  sendEnd: 9,
  end: 9,
});
const connection = connectionRow({ id: 1, accepted: 98, registered: 98.5, closing: 112, closed: 113 });
const names = (spans: readonly Span[]) => spans.map(({ phase }) => phase);

describe('spansOf', () => {
  it('gives every phase of a whole exchange, the hop there and back', () => {
    assert.deepEqual(
      spansOf(whole, connection, 200, true).map(({ phase, start, duration, open }) => [phase, start, duration, open]),
      [
        ['accept', 98, 0.5, false],
        ['recv', 100, 1, false],
        ['body', 100.75, 0.25, false],
        ['parse', 100.5, 0.25, false],
        ['environ', 101, 0.5, false],
        ['hop', 101.5, 0.5, false],
        ['app', 102, 6, false],
        ['hop', 108, 0.5, false],
        ['sendall', 104, 5, false],
        ['close', 112, 1, false],
      ],
    );
  });

  it('shows the wait for a slot as queue', () => {
    const queued = { ...whole, flags: exchangeFlags.queued };
    assert.deepEqual(names(spansOf(queued, connection, 200)), [
      'recv',
      'body',
      'parse',
      'environ',
      'queue',
      'app',
      'hop',
      'sendall',
    ]);
  });

  it('shows that the client does not read, until it has taken all', () => {
    const stalled = { ...whole, stallStart: 5, stallEnd: 8.5 };
    const stall = (end: number) => spansOf({ ...stalled, stallEnd: end }, connection, 150).at(-1);
    assert.deepEqual(stall(8.5), { phase: 'stall', start: 105, duration: 3.5, open: false });
    assert.deepEqual(spansOf({ ...stalled, stallEnd: NaN, end: NaN }, undefined, 150).at(-1), {
      phase: 'stall',
      start: 105,
      duration: 45,
      open: true,
    });
  });

  it('shows how long a connection waited for its turn', () => {
    const waited = { ...connection, turn: 99.5 };
    assert.deepEqual(spansOf(whole, waited, 200)[1], { phase: 'turn', start: 98.5, duration: 1, open: false });
    assert.ok(!names(spansOf({ ...whole, flags: 0 }, waited, 200)).includes('turn'));
  });

  it('gives accept to the first exchange of a connection, and close to the last', () => {
    const later = { ...whole, flags: 0 };
    assert.ok(!names(spansOf(later, connection, 200)).includes('accept'));
    assert.ok(!names(spansOf(whole, connection, 200, false)).includes('close'));
    assert.ok(!names(spansOf(whole, { ...connection, closing: NaN, closed: NaN }, 200, true)).includes('close'));
    assert.ok(!names(spansOf(whole, undefined, 200, true)).includes('accept'));
  });

  it('lets what goes on reach to now', () => {
    const running = { ...whole, appEnd: NaN, replied: NaN, sendStart: NaN, sendEnd: NaN, end: NaN };
    const spans = spansOf(running, connection, 150);
    assert.deepEqual(spans.at(-1), { phase: 'app', start: 102, duration: 48, open: true });
    const closing = spansOf(whole, { ...connection, closed: NaN }, 150, true).at(-1);
    assert.deepEqual(closing, { phase: 'close', start: 112, duration: 38, open: true });
  });

  it('ends a phase that was cut short with the exchange', () => {
    const cut = { ...whole, appEnd: NaN, replied: NaN, sendStart: NaN, sendEnd: NaN, end: 5 };
    assert.deepEqual(spansOf(cut, connection, 150).at(-1), { phase: 'app', start: 102, duration: 3, open: false });
  });

  it('has only recv while the head arrives', () => {
    const arriving = exchangeRow({ id: 1, start: 100 });
    assert.deepEqual(spansOf(arriving, undefined, 101), [{ phase: 'recv', start: 100, duration: 1, open: true }]);
  });

  it('never gives a negative or unknown time, and only phases with a name, in their order', () => {
    const order = phases.map(({ name }) => name);
    const offset = fc.oneof(fc.constant(NaN), fc.float({ min: 0, max: 1000, noNaN: true }));
    const row = fc.record({
      flags: fc.integer({ min: 0, max: 7 }),
      start: fc.double({ min: 0, max: 1e9, noNaN: true }),
      received: offset,
      parseTime: offset,
      headEnd: offset,
      environStart: offset,
      ready: offset,
      appStart: offset,
      appEnd: offset,
      replied: offset,
      sendStart: offset,
      sendEnd: offset,
      stallStart: offset,
      stallEnd: offset,
      end: offset,
    });
    fc.assert(
      fc.property(row, fc.boolean(), (known, last) => {
        const spans = spansOf(exchangeRow(known), connection, known.start + 1000, last);
        for (const { start, duration } of spans) {
          assert.ok(Number.isFinite(start) && Number.isFinite(duration) && duration >= 0);
        }
        const places = names(spans)
          .filter((name) => name !== 'hop')
          .map((name) => order.indexOf(name));
        assert.deepEqual(
          places,
          [...places].sort((a, b) => a - b),
        );
      }),
    );
  });
});

describe('turnOf', () => {
  const row = (turn: number, closing = NaN) =>
    turnOf(connectionRow({ id: 1, accepted: 1, registered: 2, turn, closing, closed: closing }), 10);

  it('is the wait until the server served the connection, or until it was given up', () => {
    assert.deepEqual(row(2), []);
    assert.deepEqual(row(6), [{ phase: 'turn', start: 2, duration: 4, open: false }]);
    assert.deepEqual(row(NaN, 5), [{ phase: 'turn', start: 2, duration: 3, open: false }]);
    assert.deepEqual(row(NaN), [{ phase: 'turn', start: 2, duration: 8, open: true }]);
  });
});
