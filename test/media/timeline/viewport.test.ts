import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Viewport } from '../../../media/timeline/viewport';

const viewports = fc
  .record({
    start: fc.double({ min: -1e6, max: 1e8, noNaN: true }),
    span: fc.double({ min: 0.01, max: 8e7, noNaN: true }),
    width: fc.integer({ min: 1, max: 4000 }),
  })
  .map(({ start, span, width }) => new Viewport(start, span, width));

describe('Viewport', () => {
  it('maps times to pixels and back', () => {
    const viewport = new Viewport(1000, 500, 250);
    assert.equal(viewport.x(1000), 0);
    assert.equal(viewport.x(1500), 250);
    assert.equal(viewport.time(125), 1250);
    assert.equal(viewport.perPixel, 2);
    assert.equal(viewport.end, 1500);
  });

  it('comes back from a pixel to the same pixel', () => {
    fc.assert(
      fc.property(viewports, fc.double({ min: 0, max: 1, noNaN: true }), (viewport, share) => {
        const x = share * viewport.width;
        // A float64 of a day in ms resolves 15 ns.
        const resolution = (Math.abs(viewport.start) * 2 ** -50) / viewport.perPixel;
        assert.ok(Math.abs(viewport.x(viewport.time(x)) - x) < 1e-6 + resolution);
      }),
    );
  });

  it('keeps the time under the pointer while it zooms', () => {
    fc.assert(
      fc.property(
        viewports,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.05, max: 20, noNaN: true }),
        (viewport, share, factor) => {
          const x = share * viewport.width;
          const zoomed = viewport.zoomed(x, factor);
          const moved = Math.abs(zoomed.time(x) - viewport.time(x));
          assert.ok(moved <= Math.max(zoomed.span, viewport.span) * 1e-9 + Math.abs(viewport.start) * 2 ** -48);
        },
      ),
    );
  });

  it('has a shortest and a longest span, and stays put when it reaches them', () => {
    let viewport = new Viewport(5000, 10, 1000);
    for (let count = 0; count < 50; count++) viewport = viewport.zoomed(500, 0.5);
    assert.equal(viewport.span, 0.01);
    assert.ok(Math.abs(viewport.time(500) - 5005) < 1e-6);
    for (let count = 0; count < 100; count++) viewport = viewport.zoomed(500, 2);
    assert.equal(viewport.span, 86_400_000);
  });

  it('pans by pixels', () => {
    const viewport = new Viewport(0, 1000, 500).panned(50);
    assert.deepEqual([viewport.start, viewport.span], [100, 1000]);
  });

  it('shows a stretch with a margin on both sides', () => {
    const viewport = new Viewport(0, 1, 800).showing(100, 180, 0.1);
    assert.ok(Math.abs(viewport.x(100) - 80) < 1e-9);
    assert.ok(Math.abs(viewport.x(180) - 720) < 1e-9);
  });
});
