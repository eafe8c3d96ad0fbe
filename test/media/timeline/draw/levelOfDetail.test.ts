import assert from 'node:assert/strict';
import fc from 'fast-check';
import { barsOf, type Bar } from '../../../../media/timeline/draw/laneBars';
import { barScenes } from '../../../../media/timeline/draw/lanePieces';
import { nothingChosen } from '../../../../media/timeline/model/choice';
import type { LaneRef } from '../../../../media/timeline/model/grouping';
import { listOf } from '../../../../media/timeline/model/grouping';
import { Trace } from '../../../../media/timeline/model/trace';
import { toneOf } from '../../../../media/timeline/model/words';
import { Viewport } from '../../../../media/timeline/viewport';
import { pseudoRandom } from '../../../ui/pseudoRandom';
import { Traffic } from '../../../ui/traffic';

const width = 400;
/** px: the thinnest bar, and the width of what is merged into it. */
const near = 3.5;

interface Shown {
  readonly id: number;
  readonly start: number;
  readonly end: number;
  readonly failed: boolean;
}

/** Two keep-alive connections, one of which pipelines, and many requests that wait, with errors and outliers in them. */
function traceOf(seed: number, requests: number): Trace {
  const random = pseudoRandom(seed);
  const traffic = new Traffic();
  const connections = Array.from({ length: 2 }, (_, index) => traffic.connection(0, 50_000 + index));
  let at = 1;
  for (let count = 0; count < requests; count++) {
    const connection = connections[random() < 0.5 ? 0 : 1];
    if (!connection) break;
    const failed = random() < 0.03;
    const outlier = random() < 0.01;
    traffic.exchange(connection, {
      at,
      target: '/',
      app: outlier ? 50 + random() * 3000 : random() ** 3 * 8,
      ...(random() < 0.4 ? { wait: random() < 0.05 ? 200 + random() * 2000 : random() * 20 } : {}),
      outcome: failed ? 'app error' : 'complete',
      status: failed ? 500 : 200,
      slot: 1 + Math.floor(random() * 2),
    });
    at += random() ** 4 * 30;
  }
  const trace = new Trace(100_000);
  trace.append(traffic.batch(at + 10_000));
  return trace;
}

function lanesOf(trace: Trace): LaneRef[] {
  const waiting = Array.from({ length: trace.slotLanes.waiting.length }, (_, lane): LaneRef => ({
    kind: 'waiting',
    lane,
  }));
  return [
    { kind: 'connection', connection: 1 },
    { kind: 'connection', connection: 2 },
    ...trace.slotLanes.slots.map((slot): LaneRef => ({ kind: 'slot', ...slot })),
    ...waiting,
  ];
}

/** All of a lane, the slow way. */
function allOf(trace: Trace, lane: LaneRef): Shown[] {
  return (listOf(trace, lane)?.ids ?? []).flatMap((id): Shown[] => {
    const row = trace.exchange(id);
    if (!row) return [];
    const [from, to] =
      lane.kind === 'slot'
        ? [row.appStart, row.appEnd]
        : lane.kind === 'waiting'
          ? [row.ready, row.appStart]
          : [0, row.end];
    const failed = lane.kind !== 'waiting' && toneOf(row) === 'error';
    return [{ id, start: row.start + from, end: row.start + to, failed }];
  });
}

function inView(all: readonly Shown[], viewport: Viewport): Shown[] {
  return all.filter(({ start, end }) => end >= viewport.start && start <= viewport.end);
}

function inputOf(trace: Trace, viewport: Viewport) {
  return {
    trace,
    viewport,
    now: 1e9,
    selected: undefined,
    selectedExchange: undefined,
    notToScale: false,
    measure: () => 0,
    choice: nothingChosen,
  };
}

function bars(trace: Trace, viewport: Viewport, lane: LaneRef): Bar[] {
  return barsOf(inputOf(trace, viewport), lane);
}

const anyTrace = fc.tuple(fc.nat(1_000_000), fc.integer({ min: 1, max: 3000 }));
const anyViewport = fc.record({
  start: fc.double({ min: -0.1, max: 1, noNaN: true }),
  // From a few requests to a hundred times the whole trace.
  zoom: fc.double({ min: -9, max: 7, noNaN: true }),
});

/** Asks of each lane of any trace, at any zoom. */
function always(check: (trace: Trace, lane: LaneRef, viewport: Viewport) => void): void {
  fc.assert(
    fc.property(anyTrace, anyViewport, ([seed, requests], { start, zoom }) => {
      const trace = traceOf(seed, requests);
      const length = trace.newest - trace.first;
      const viewport = new Viewport(trace.first + start * length, length * 2 ** zoom, width);
      for (const lane of lanesOf(trace)) check(trace, lane, viewport);
    }),
    { numRuns: 60 },
  );
}

describe('level of detail, at any zoom', () => {
  /** The call that failed is in view, and not only what came before or after it. */
  const callInView = (trace: Trace, id: number, viewport: Viewport): boolean => {
    const row = trace.exchange(id);
    if (!row) return false;
    return row.start + row.appEnd >= viewport.start && row.start + row.appStart <= viewport.end;
  };

  it('loses no error: each is drawn in its place, give or take the thinnest bar', function () {
    this.timeout(60_000);
    always((trace, lane, viewport) => {
      const scenes = barScenes(inputOf(trace, viewport), lane, {
        pieces: 10_000,
        alive: false,
        recounts: 0,
        unfinished: false,
      });
      const drawn = scenes.flatMap(({ pieces }) => pieces).filter(({ colour }) => colour === 'error');
      for (const { id, start, end, failed } of inView(allOf(trace, lane), viewport)) {
        if (!failed || !callInView(trace, id, viewport)) continue;
        const [from, to] = [viewport.x(start), viewport.x(end)];
        const shows = drawn.some(({ x, width: wide }) => x <= to + near && x + wide >= from - near);
        assert.ok(shows, `the error of ${id} at ${from.toFixed(1)} to ${to.toFixed(1)} px`);
      }
    });
  });

  it('loses no outlier: what is longer than a few pixels has a bar that is as long', function () {
    this.timeout(60_000);
    always((trace, lane, viewport) => {
      const shown = bars(trace, viewport, lane);
      for (const { id, start, end } of inView(allOf(trace, lane), viewport)) {
        const [from, to] = [viewport.x(start), viewport.x(end)];
        if (to - from < 2 * near) continue;
        const covered = shown.some((bar) => bar.from <= from + near && bar.to >= to - near);
        assert.ok(covered, `${id} from ${from.toFixed(1)} to ${to.toFixed(1)} px`);
      }
    });
  });

  it('stands for every exchange in view once, and makes no more bars than there are pixels', function () {
    this.timeout(60_000);
    always((trace, lane, viewport) => {
      const shown = bars(trace, viewport, lane);
      const count = shown.reduce((sum, bar) => sum + bar.count, 0);
      const all = allOf(trace, lane);
      const wanted = inView(all, viewport).length;
      const margin = near * viewport.perPixel;
      const nearby = inView(all, new Viewport(viewport.start - margin, viewport.span + 2 * margin, width)).length;
      assert.ok(count >= wanted && count <= nearby, `${count} of ${wanted} to ${nearby}`);
      assert.ok(shown.length <= width + 300, `${shown.length} bars`);
    });
  });

  it('draws from farther away what is drawn from near', function () {
    this.timeout(60_000);
    always((trace, lane, viewport) => {
      const far = new Viewport(viewport.start - viewport.span / 2, viewport.span * 2, width);
      const [nearBars, farBars] = [bars(trace, viewport, lane), bars(trace, far, lane)];
      const sum = (all: readonly Bar[]): number => all.reduce((total, bar) => total + bar.count, 0);
      assert.ok(sum(farBars) >= sum(nearBars) - 2, `${sum(farBars)} of ${sum(nearBars)} from farther away`);
      for (const bar of nearBars) {
        const [from, to] = [bar.from, bar.to].map((x) => far.x(viewport.time(x)));
        if (from === undefined || to === undefined) continue;
        const touched = farBars.some((other) => other.from <= to + near && other.to >= from - near);
        assert.ok(touched, `a bar at ${from.toFixed(1)} px is empty from farther away`);
      }
    });
  });
});
