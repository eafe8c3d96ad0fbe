import assert from 'node:assert/strict';
import { Camera } from '../../../../media/timeline/model/camera';
import { Trace } from '../../../../media/timeline/model/trace';
import { Traffic } from '../../../ui/traffic';

function started(): { camera: Camera; trace: Trace; traffic: Traffic } {
  const traffic = new Traffic();
  const trace = new Trace(1000);
  const camera = new Camera();
  camera.resize(800);
  traffic.exchange(traffic.connection(0, 54310), { at: 1000, target: '/', app: 100 });
  trace.append(traffic.batch(2000));
  return { camera, trace, traffic };
}

describe('Camera', () => {
  it('finds a first place even where it must not follow, and then stays', () => {
    const { camera, trace, traffic } = started();
    camera.update(trace, 2000, false);
    const { viewport } = camera;
    assert.ok(viewport.start < 1000 && viewport.end > 1100);
    traffic.exchange(traffic.connection(8000, 54311), { at: 9000, target: '/', app: 100 });
    trace.append(traffic.batch(9500));
    camera.update(trace, 9500, false);
    assert.equal(camera.viewport, viewport);
    camera.update(trace, 9500, true);
    assert.ok(camera.viewport.end > 9100);
  });

  it('follows on in the span that was zoomed to', () => {
    const { camera, trace } = started();
    camera.update(trace, 2000, true);
    const { span } = camera.viewport;
    camera.zoom(0.25);
    camera.update(trace, 2000, true);
    assert.ok(Math.abs(camera.viewport.span - span / 4) < 1e-6);
    assert.ok(camera.viewport.x(1100) > 0 && camera.viewport.x(1100) < 800);
  });

  it('fits the whole trace until somebody wants the newest', () => {
    const { camera, trace, traffic } = started();
    for (let at = 20_000; at < 60_000; at += 1000) {
      traffic.exchange(traffic.connection(at, 40_000), { at, target: '/', app: 10 });
    }
    trace.append(traffic.batch(60_000));
    camera.fit(trace, 60_000);
    camera.update(trace, 60_000, true);
    assert.ok(camera.viewport.start < 0 && camera.viewport.end > 59_000);
    camera.endFit();
    camera.update(trace, 60_000, true);
    assert.equal(Math.round(camera.viewport.span), 10_000);
  });

  it('moves only as far as a selection needs', () => {
    const { camera } = started();
    camera.show(0, 1000, 0);
    assert.equal(camera.reveal(100, 300), false);
    assert.equal(camera.reveal(0, 90_000), false, 'its beginning and all that fits is in view');
    assert.equal(camera.reveal(2000, 2100), true);
    assert.equal(Math.round(camera.viewport.x(2050)), 400);
    assert.equal(camera.reveal(5000, 95_000), true);
    assert.equal(Math.round(camera.viewport.x(5000)), 0);
  });

  it('goes on from where another one stood, in another width', () => {
    const { camera, trace } = started();
    camera.resume({ window: { from: 1040, to: 1060 }, span: 20 });
    camera.update(trace, 2000, false);
    assert.deepEqual([camera.viewport.start, camera.viewport.end, camera.viewport.width], [1040, 1060, 800]);
    assert.equal(camera.followSpan, 20);
    camera.resize(400);
    assert.deepEqual([camera.viewport.start, camera.viewport.end], [1040, 1060]);
    camera.update(trace, 2000, true);
    assert.equal(Math.round(camera.viewport.span), 20, 'and follows in that span');
  });

  it('follows in the span in which another one followed', () => {
    const { camera, trace } = started();
    camera.resume({ window: undefined, span: 50 });
    camera.update(trace, 2000, true);
    assert.equal(Math.round(camera.viewport.span), 50);
    assert.ok(camera.viewport.end > 1100);
  });
});
