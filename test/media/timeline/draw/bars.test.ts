import assert from 'node:assert/strict';
import fc from 'fast-check';
import { leastBar, piecesOf } from '../../../../media/timeline/draw/bars';
import type { PhaseName } from '../../../../src/core/trace/phases';
import type { Span } from '../../../../src/core/trace/spans';

function span(phase: PhaseName, start: number, duration: number, open = false): Span {
  return { phase, start, duration, open };
}

const usual = [
  span('recv', 0, 0.05),
  span('parse', 0.01, 0.03),
  span('environ', 0.05, 0.04),
  span('hop', 0.09, 0.1),
  span('app', 0.19, 200),
  span('hop', 200.19, 0.05),
  span('sendall', 200.25, 0.1),
];

describe('piecesOf', () => {
  it('gives each phase at least a pixel where there is room for all, in their order', () => {
    const pieces = piecesOf(usual, (time) => time);
    assert.deepEqual(
      pieces.map((piece) => piece.phase),
      ['recv', 'parse', 'environ', 'hop', 'app', 'hop', 'sendall'],
    );
    assert.ok(pieces.every((piece) => piece.width >= 1));
    pieces.forEach((piece, index) => {
      const next = pieces[index + 1];
      // Later pieces are painted over earlier ones: a pixel of each stays visible.
      if (next) assert.ok(piece.x + 1 <= next.x + 1e-9, `${piece.phase} under ${next.phase}`);
    });
  });

  it('shows the most telling phases of a bar of three pixels', () => {
    const pieces = piecesOf(usual, (time) => time / 1000);
    assert.deepEqual(
      pieces.map((piece) => piece.phase),
      ['recv', 'app', 'sendall'],
    );
    assert.deepEqual(
      pieces.map((piece) => Math.round(piece.x)),
      [0, 1, 2],
    );
  });

  it('never drops the wait for a slot before what is short by nature', () => {
    const queued = [
      span('recv', 0, 0.1),
      span('parse', 0, 0.1),
      span('queue', 0.2, 5),
      span('app', 5.2, 1),
      span('sendall', 6.2, 0.1),
    ];
    const phases = piecesOf(queued, (time) => time / 10).map((piece) => piece.phase);
    assert.deepEqual(phases, ['queue', 'app', 'sendall']);
  });

  it('shows a body that has not arrived, and a client that does not read, in place of recv and sendall', () => {
    const waits = [
      span('recv', 0, 100),
      span('body', 20, 80),
      span('app', 100, 50),
      span('sendall', 150, 100),
      span('stall', 180, 40),
    ];
    const pieces = piecesOf(waits, (time) => time);
    assert.deepEqual(
      pieces.map(({ phase, x, width, row }) => [phase, x, width, row]),
      [
        ['recv', 0, 20, 'full'],
        ['body', 20, 80, 'low'],
        ['app', 100, 50, 'full'],
        ['sendall', 150, 30, 'full'],
        ['stall', 180, 40, 'low'],
        ['sendall', 220, 30, 'full'],
      ],
    );
  });

  it('keeps a wait within the share of height of what the app call lies under', () => {
    const streamed = [
      span('recv', 0, 60),
      span('body', 10, 50),
      span('app', 20, 200),
      span('sendall', 100, 160),
      span('stall', 150, 110, true),
    ];
    assert.deepEqual(
      piecesOf(streamed, (time) => time).map(({ phase, x, width, row }) => [phase, x, width, row]),
      [
        ['recv', 0, 10, 'full'],
        ['body', 10, 10, 'low'],
        ['app', 20, 200, 'full'],
        ['stall', 220, 40, 'low'],
        ['body', 20, 40, 'top'],
        ['sendall', 100, 50, 'bottom'],
        ['stall', 150, 70, 'bottom'],
      ],
    );
  });

  it('lays a body that still arrives along the top of the app call', () => {
    const pieces = piecesOf([span('recv', 0, 150), span('app', 50, 200)], (time) => time);
    assert.deepEqual(
      pieces.map(({ phase, row, x, width }) => [phase, row, x, width]),
      [
        ['recv', 'full', 0, 50],
        ['app', 'full', 50, 200],
        ['recv', 'top', 50, 100],
      ],
    );
  });

  it('lays bytes that leave early along the bottom of the app call', () => {
    const pieces = piecesOf([span('app', 0, 200), span('hop', 200, 0.1), span('sendall', 80, 150)], (time) => time);
    assert.deepEqual(
      pieces.filter(({ phase }) => phase === 'sendall').map(({ row, x, width }) => [row, x, width]),
      [
        ['full', 200, 30],
        ['bottom', 80, 120],
      ],
    );
  });

  it('draws waiting lower and the hop thin, and keeps what is open open', () => {
    const pieces = piecesOf([span('queue', 0, 50), span('hop', 50, 30), span('app', 80, 50, true)], (time) => time);
    assert.deepEqual(
      pieces.map(({ row, open }) => [row, open]),
      [
        ['low', false],
        ['thin', false],
        ['full', true],
      ],
    );
  });

  it('is never thinner than three pixels, never loses the app call, and stays within its bar', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 50, noNaN: true }), { minLength: 7, maxLength: 7 }),
        fc.double({ min: -6, max: 3, noNaN: true }),
        (lengths, power) => {
          let time = 100;
          const phases: PhaseName[] = ['recv', 'parse', 'environ', 'queue', 'app', 'hop', 'sendall'];
          const spans = phases.map((phase, index) => {
            const duration = lengths[index] ?? 0;
            const made = span(phase, time, duration);
            time += duration;
            return made;
          });
          const x = (at: number): number => (at - 100) * 10 ** power;
          const pieces = piecesOf(spans, x);
          const left = Math.min(...pieces.map((piece) => piece.x));
          const right = Math.max(...pieces.map((piece) => piece.x + piece.width));
          assert.ok(right - left >= leastBar - 1e-9, `${right - left} px`);
          assert.ok(left >= -1e-9 && right <= Math.max(leastBar, x(time)) + 1e-6, `${left} to ${right}`);
          assert.ok(pieces.some((piece) => piece.phase === 'app'));
          assert.ok(pieces.every((piece) => piece.width >= 1 - 1e-9));
        },
      ),
      { numRuns: 500 },
    );
  });
});
