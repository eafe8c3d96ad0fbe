import assert from 'node:assert/strict';
import fc from 'fast-check';
import { draggedWindow, steppedWindow, type Grip } from '../../../../media/timeline/model/overviewWindow';

const recording = { from: 100, to: 1100 };
const shown = { from: 300, to: 500 };

describe('The window in the overview', () => {
  it('moves as a whole, or one edge of it', () => {
    assert.deepEqual(draggedWindow(shown, 'window', 50, recording), { from: 350, to: 550 });
    assert.deepEqual(draggedWindow(shown, 'from', -50, recording), { from: 250, to: 500 });
    assert.deepEqual(draggedWindow(shown, 'to', 50, recording), { from: 300, to: 550 });
  });

  it('never turns round, and never shows nothing of the recording', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Grip>('window', 'from', 'to'),
        fc.double({ min: -1e5, max: 1e5, noNaN: true }),
        (grip, by) => {
          const { from, to } = draggedWindow(shown, grip, by, recording);
          assert.ok(to - from >= 0.01 - 1e-9, `${from} to ${to}`);
          assert.ok(to > recording.from && from < recording.to, `${from} to ${to}`);
          if (grip === 'window') assert.ok(Math.abs(to - from - 200) < 1e-6);
        },
      ),
    );
  });

  it('is moved by the keys of a slider', () => {
    assert.deepEqual(steppedWindow(shown, 'window', 'ArrowRight', recording), { from: 320, to: 520 });
    assert.deepEqual(steppedWindow(shown, 'window', 'PageUp', recording), { from: 500, to: 700 });
    assert.deepEqual(steppedWindow(shown, 'window', 'Home', recording), { from: 100, to: 300 });
    assert.deepEqual(steppedWindow(shown, 'window', 'End', recording), { from: 900, to: 1100 });
    assert.deepEqual(steppedWindow(shown, 'from', 'ArrowLeft', recording), { from: 290, to: 500 });
    assert.deepEqual(steppedWindow(shown, 'to', 'End', recording), { from: 300, to: 1100 });
    assert.deepEqual(steppedWindow(shown, 'from', 'Home', recording), { from: 100, to: 500 });
    assert.equal(steppedWindow(shown, 'window', 'x', recording), undefined);
  });
});
