import assert from 'node:assert/strict';
import { readStand, sameStand, standFits, type KeptStand } from '../../../../media/timeline/model/keptStand';
import { Trace } from '../../../../media/timeline/model/trace';
import { Traffic } from '../../../ui/traffic';

const kept: KeptStand = { window: { from: 900, to: 1500 }, span: 600, lanes: 3.5, origin: 1_764_000_000_000.125 };

describe('readStand', () => {
  it('comes back as it was kept, following or not', () => {
    const stands: KeptStand[] = [
      kept,
      { ...kept, window: undefined, span: 'auto' },
      { ...kept, window: undefined, span: 'all', lanes: 0 },
    ];
    for (const stand of stands) assert.deepEqual(readStand(JSON.parse(JSON.stringify(stand))), stand);
  });

  it('takes nothing for a stand that is none', () => {
    const nonsense: unknown[] = [
      undefined,
      null,
      7,
      {},
      { ...kept, origin: null },
      { ...kept, lanes: -1 },
      { ...kept, lanes: Infinity },
      { ...kept, span: 0 },
      { ...kept, span: 'wide' },
      { ...kept, window: null },
      { ...kept, window: { from: 2, to: 2 } },
      { ...kept, window: { from: 2, to: '7' } },
    ];
    for (const each of nonsense) assert.equal(readStand(each), undefined, JSON.stringify(each));
  });
});

describe('standFits', () => {
  const traffic = new Traffic();
  const trace = new Trace(100);
  traffic.exchange(traffic.connection(1000, 54310), { at: 1010, target: '/', app: 100 });
  trace.append(traffic.batch(2000));
  const fits = (stand: Partial<KeptStand>, of = trace): boolean => standFits({ ...kept, ...stand }, of, kept.origin);

  it('holds for a stretch of this trace, and for one that followed it', () => {
    assert.equal(fits({}), true);
    assert.equal(fits({ window: undefined, span: 'auto' }), true);
  });

  it('does not hold where nothing of the trace would be in view', () => {
    assert.equal(fits({ window: { from: 0, to: 999 } }), false);
    assert.equal(fits({ window: { from: 5000, to: 6000 } }), false);
  });

  it('does not hold for another trace, or for an empty one', () => {
    assert.equal(fits({ origin: kept.origin + 1 }), false);
    assert.equal(fits({ window: undefined, origin: kept.origin + 1 }), false);
    assert.equal(fits({ window: undefined }, new Trace(100)), false);
    assert.equal(standFits(kept, trace, NaN), false);
  });
});

describe('sameStand', () => {
  it('tells whether anything of it has changed', () => {
    assert.equal(sameStand(kept, { ...kept, window: { from: 900, to: 1500 } }), true);
    for (const other of [
      { window: undefined },
      { window: { from: 901, to: 1500 } },
      { span: 'all' as const },
      { lanes: 4 },
    ])
      assert.equal(sameStand(kept, { ...kept, ...other }), false, JSON.stringify(other));
  });
});
