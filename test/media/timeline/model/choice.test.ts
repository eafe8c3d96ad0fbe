import assert from 'node:assert/strict';
import { changedChoice, meantBy, nothingChosen, type Choice } from '../../../../media/timeline/model/choice';
import { Trace } from '../../../../media/timeline/model/trace';
import { nothingSelected, type Selection } from '../../../../media/timeline/selection';
import { Traffic } from '../../../ui/traffic';

/** Six requests, 100 ms apart and 50 ms long, on two connections in turn. */
const trace = ((): Trace => {
  const traffic = new Traffic();
  const connections = [traffic.connection(0, 40_000), traffic.connection(1, 40_001)];
  for (let count = 0; count < 6; count++) {
    const connection = connections[count % 2];
    if (connection) traffic.exchange(connection, { at: 100 * (count + 1), target: `/${count + 1}`, app: 50 });
  }
  const made = new Trace(100);
  made.append(traffic.batch(1000));
  return made;
})();

const at = (id: number): Selection => ({ kind: 'exchange', id });
const toggled = (choice: Choice, id: number, selection: Selection = nothingSelected): number[] => [
  ...changedChoice(choice, { kind: 'toggle', id }, trace, selection),
];

describe('the choice of requests', () => {
  it('takes the selected one along with the first that is added', () => {
    assert.deepEqual(toggled(nothingChosen, 4, at(2)), [2, 4]);
    assert.deepEqual(toggled(nothingChosen, 4), [4]);
    assert.deepEqual(toggled(nothingChosen, 4, at(4)), [4]);
  });

  it('gains one, and loses it again', () => {
    assert.deepEqual(toggled(new Set([2, 4]), 5, at(4)), [2, 4, 5]);
    assert.deepEqual(toggled(new Set([2, 4]), 4, at(4)), [2]);
  });

  it('goes from the selected one to another, either way', () => {
    const range = (from: Selection, id: number): number[] => [
      ...changedChoice(new Set([6]), { kind: 'range', id }, trace, from),
    ];
    assert.deepEqual(range(at(2), 5), [2, 3, 4, 5]);
    assert.deepEqual(range(at(5), 3), [3, 4, 5]);
    assert.deepEqual(range(nothingSelected, 3), [3]);
    assert.deepEqual(range(at(5), 900), [5, 6], 'what is forgotten is not in it');
  });

  it('is what shows in a stretch of time, on whichever connection', () => {
    const change = { kind: 'stretch', from: 240, to: 410 } as const;
    assert.deepEqual([...changedChoice(nothingChosen, change, trace, nothingSelected)], [2, 3, 4]);
  });

  it('is over with a plain click', () => {
    assert.equal(changedChoice(new Set([1]), { kind: 'none' }, trace, at(2)).size, 0);
  });

  it('means itself, else the selected request, else those of the selected connection', () => {
    assert.deepEqual(meantBy(trace, new Set([5, 2, 99]), at(1)), [2, 5]);
    assert.deepEqual(meantBy(trace, nothingChosen, at(1)), [1]);
    assert.deepEqual(meantBy(trace, nothingChosen, { kind: 'connection', id: 2 }), [2, 4, 6]);
    assert.deepEqual(meantBy(trace, nothingChosen, nothingSelected), []);
  });
});
