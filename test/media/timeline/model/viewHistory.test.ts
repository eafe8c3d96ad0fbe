import assert from 'node:assert/strict';
import { ViewHistory, type Stand } from '../../../../media/timeline/model/viewHistory';
import { Viewport } from '../../../../media/timeline/viewport';

function at(start: number, following = false): Stand {
  return { viewport: new Viewport(start, 100, 800), following };
}

describe('ViewHistory', () => {
  it('goes back to where the picture was moved away from, one move after the other', () => {
    const history = new ViewHistory();
    history.leave(at(0, true), '', 0);
    history.leave(at(500), '', 10);
    assert.equal(history.back(at(900))?.viewport.start, 500);
    assert.equal(history.back(at(500))?.following, true);
    assert.equal(history.back(at(0, true)), undefined);
  });

  it('takes the steps of one gesture for one move, until it pauses or another begins', () => {
    const history = new ViewHistory();
    for (let step = 0; step < 5; step++) history.leave(at(step), 'pan', step * 100);
    history.leave(at(5), 'zoom', 500);
    history.leave(at(6), 'pan', 550);
    history.leave(at(7), 'pan', 2000);
    const starts = [9, 7, 6, 5].map((start) => history.back(at(start))?.viewport.start);
    assert.deepEqual(starts, [7, 6, 5, 0]);
  });

  it('passes over places that are no move away', () => {
    const history = new ViewHistory();
    history.leave(at(1), '', 0);
    history.leave(at(2), '', 0);
    assert.equal(history.back(at(2))?.viewport.start, 1);
  });

  it('remembers fifty', () => {
    const history = new ViewHistory();
    for (let move = 0; move < 200; move++) history.leave(at(move), '', move);
    let [count, last] = [0, at(1000)];
    for (let stand = history.back(last); stand; stand = history.back(last)) [count, last] = [count + 1, stand];
    assert.deepEqual([count, last.viewport.start], [50, 150]);
  });
});
