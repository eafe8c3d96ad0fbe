import assert from 'node:assert/strict';
import { followed, type FollowSpan } from '../../../../media/timeline/model/follow';
import { Trace } from '../../../../media/timeline/model/trace';
import { Viewport } from '../../../../media/timeline/viewport';
import { Traffic } from '../../../ui/traffic';

function windowOf(write: (traffic: Traffic) => void, now: number, span: FollowSpan = 'auto'): Viewport {
  const traffic = new Traffic();
  write(traffic);
  const trace = new Trace(1000);
  trace.append(traffic.batch(now));
  return followed(new Viewport(0, 1000, 800), trace, now, span);
}

describe('followed', () => {
  it('shows the very first request as a bar, with room for its label', () => {
    const viewport = windowOf((traffic) => {
      traffic.exchange(traffic.connection(8412, 54310), { at: 8412.3, target: '/', app: 3 });
    }, 8420);
    assert.ok(viewport.x(8412) > 0);
    const width = viewport.x(8415.7) - viewport.x(8412.3);
    assert.ok(width > 60 && width < 400, `${width} px`);
  });

  it('shows everything while there is little', () => {
    const viewport = windowOf((traffic) => {
      for (const at of [1000, 3000, 8000])
        traffic.exchange(traffic.connection(at, 54310), { at, target: '/', app: 40 });
    }, 9000);
    assert.ok(viewport.start < 1000 && viewport.end > 8041);
  });

  it('shows the last seconds of a long trace, the newest near the right edge', () => {
    const viewport = windowOf((traffic) => {
      for (let at = 0; at < 60_000; at += 500) {
        traffic.exchange(traffic.connection(at, 54310), { at, target: '/', app: 40 });
      }
    }, 60_000);
    assert.equal(Math.round(viewport.span), 10_000);
    const newest = viewport.x(59_540);
    assert.ok(newest > 600 && newest < 760, `${newest} px`);
  });

  it('reaches back to the oldest request in progress, within bounds', () => {
    const write = (traffic: Traffic): void => {
      traffic.exchange(traffic.connection(0, 54309), { at: 0, target: '/', app: 1 });
      traffic.exchange(traffic.connection(30_000, 54310), { at: 30_000, target: '/slow' });
    };
    assert.ok(windowOf(write, 60_000).start < 30_000);
    assert.equal(Math.round(windowOf(write, 3_600_000).span), 120_000);
  });

  it('keeps the span that the user chose', () => {
    const viewport = windowOf(
      (traffic) => {
        traffic.exchange(traffic.connection(8000, 54310), { at: 8000, target: '/', app: 40 });
      },
      9000,
      250,
    );
    assert.equal(Math.round(viewport.span), 250);
    assert.ok(viewport.start < 8040 && viewport.end > 8040);
  });
});
