import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Overview, type OverviewColumns, type OverviewFields } from '../../../../media/timeline/model/overview';
import { exchangeFlags } from '../../../../src/core/trace/columns';

interface Wanted {
  readonly start: number;
  readonly lasts: number;
  readonly waits: number;
  readonly failed: boolean;
}

function rowOf({ start, lasts, waits, failed }: Wanted): OverviewFields {
  const flags = waits > 0 ? exchangeFlags.queued : 0;
  return { start, flags, ready: 0, appStart: lasts * waits, end: lasts, failed };
}

/** A column for each bin. */
function bins(overview: Overview): OverviewColumns {
  return overview.columns(overview.from, overview.from + overview.binWidth * 2048, 2048, [], NaN);
}

function sum(values: ArrayLike<number>): number {
  return Array.from(values).reduce((a, b) => a + b, 0);
}

const exchanges = fc.array(
  fc.record({
    start: fc.double({ min: 0, max: 1e6, noNaN: true }),
    lasts: fc.oneof(fc.double({ min: 0, max: 5, noNaN: true }), fc.double({ min: 0, max: 2e5, noNaN: true })),
    waits: fc.double({ min: 0, max: 1, noNaN: true }),
    failed: fc.boolean(),
  }),
  { minLength: 1, maxLength: 80 },
);

describe('Overview', () => {
  it('loses no request, no error, no outlier and no time, in whatever order rows come', () => {
    fc.assert(
      fc.property(exchanges, (wanted) => {
        const overview = new Overview();
        for (const each of wanted) {
          const row = rowOf(each);
          const begun = { ...row, end: NaN };
          overview.put(begun, undefined);
          overview.put(row, begun);
          overview.put(row, row);
        }
        const { begun, failed, longest, inFlight, waiting } = bins(overview);
        assert.equal(sum(begun), wanted.length);
        assert.equal(sum(failed), wanted.filter((each) => each.failed).length);
        const close = (value: number, expected: number): void =>
          assert.ok(Math.abs(value - expected) <= 1e-3 + expected * 1e-4, `${value}, expected ${expected}`);
        close(Math.max(...longest), Math.max(...wanted.map(({ lasts }) => lasts)));
        close(sum(inFlight) * overview.binWidth, sum(wanted.map(({ lasts }) => lasts)));
        close(sum(waiting) * overview.binWidth, sum(wanted.map(({ lasts, waits }) => lasts * waits)));
      }),
      { numRuns: 300 },
    );
  });

  it('shows every error and request in some column, at its instant', () => {
    fc.assert(
      fc.property(exchanges, fc.integer({ min: 20, max: 1500 }), (wanted, count) => {
        const overview = new Overview();
        for (const each of wanted) overview.put(rowOf(each), undefined);
        const from = Math.min(...wanted.map(({ start }) => start));
        const to = Math.max(...wanted.map(({ start, lasts }) => start + lasts)) + 0.01;
        const { begun, failed } = overview.columns(from, to, count, [], NaN);
        const near = (time: number, columns: Uint32Array): boolean => {
          const at = Math.floor(((time - from) / (to - from)) * count);
          const slack = 1 + Math.ceil((overview.binWidth / (to - from)) * count);
          return columns.slice(Math.max(0, at - slack), at + slack + 1).some((value) => value > 0);
        };
        for (const { start, lasts, failed: bad } of wanted) {
          assert.ok(near(start, begun), `begun at ${start}`);
          if (bad) assert.ok(near(start + lasts, failed), `failed at ${start + lasts}`);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('says how many were in flight, those that go on among them', () => {
    const overview = new Overview();
    for (const start of [0, 100, 200]) overview.put(rowOf({ start, lasts: 400, waits: 0, failed: false }), undefined);
    const { inFlight } = overview.columns(0, 500, 10, [450], 500);
    assert.deepEqual([...inFlight], [1, 1, 2, 2, 3, 3, 3, 3, 2, 3]);
  });

  it('drops what lies before an instant, and keeps what reaches beyond it', () => {
    const overview = new Overview();
    overview.put(rowOf({ start: 0, lasts: 400, waits: 0, failed: true }), undefined);
    overview.put(rowOf({ start: 10, lasts: 5, waits: 0, failed: true }), undefined);
    overview.put(rowOf({ start: 300, lasts: 50, waits: 0, failed: true }), undefined);
    overview.forgetBefore(200);
    const { begun, failed, inFlight } = bins(overview);
    assert.ok(overview.from <= 200 && overview.from + overview.binWidth > 200);
    assert.deepEqual([sum(begun), sum(failed)], [1, 2]);
    assert.ok(Math.abs(sum(inFlight) * overview.binWidth - 250) <= overview.binWidth);
    overview.put(rowOf({ start: 5, lasts: 600, waits: 0, failed: false }), undefined);
    assert.equal(sum(bins(overview).begun), 2);
    overview.forgetBefore(10_000);
    assert.deepEqual([sum(bins(overview).begun), sum(bins(overview).inFlight)], [0, 0]);
  });
});
