import assert from 'node:assert/strict';
import type { LaneScene } from '../../../../media/timeline/draw/laneScene';
import { sceneOf, type Scene } from '../../../../media/timeline/draw/scene';
import type { TailScene } from '../../../../media/timeline/draw/tailScene';
import { Arrangement } from '../../../../media/timeline/model/arrangement';
import type { GroupBy } from '../../../../media/timeline/model/grouping';
import { readFilter } from '../../../../media/timeline/model/filterText';
import { stripTracksOf } from '../../../../media/timeline/model/stripTracks';
import { Trace } from '../../../../media/timeline/model/trace';
import { Viewport } from '../../../../media/timeline/viewport';
import type { PairView, TcpState } from '../../../../src/core/trace/kernelView';
import { scenarios } from '../../../ui/scenarios';
import { Traffic } from '../../../ui/traffic';

function sceneFrom(
  trace: Trace,
  viewport: Viewport,
  now: number,
  part: {
    scroll?: number;
    height?: number;
    selected?: number;
    chosen?: number[];
    by?: GroupBy;
    collapsed?: string[];
    pinned?: number[];
    notToScale?: boolean;
  } = {},
): Scene {
  return sceneOf({
    trace,
    viewport,
    scroll: part.scroll ?? 0,
    height: part.height ?? 10_000,
    arrangement: new Arrangement(trace, part.by ?? 'connection', part.collapsed ?? [], { lane: 40, header: 20 }),
    slots: 4,
    tracks: stripTracksOf(trace),
    now,
    selectedExchange: part.selected,
    choice: new Set(part.chosen),
    selection: part.selected === undefined ? { kind: 'none' } : { kind: 'exchange', id: part.selected },
    notToScale: part.notToScale ?? false,
    barHeight: 20,
    blockedBy: { holds: [], more: 0 },
    measure: (text) => text.length * 7,
    pinned: part.pinned ?? [],
  });
}

function traceOf(write: (traffic: Traffic) => void, now = 1000): Trace {
  const traffic = new Traffic();
  write(traffic);
  const trace = new Trace(200_000);
  trace.append(traffic.batch(now));
  return trace;
}

function onlyLane(scene: Scene): LaneScene {
  assert.equal(scene.lanes.length, 1);
  const [lane] = scene.lanes;
  assert.ok(lane);
  return lane;
}

const second = new Viewport(0, 1000, 1000);

describe('sceneOf', () => {
  it('marks the bars that are chosen, and of those that share pixels the one they make', () => {
    const trace = traceOf((traffic) => {
      const connection = traffic.connection(10, 40_000);
      for (const at of [100, 300, 500]) traffic.exchange(connection, { at, target: '/', app: 50 });
      const other = traffic.connection(20, 40_001);
      for (const at of [700, 700.5, 701]) traffic.exchange(other, { at, target: '/', app: 0.2 });
    });
    const marked = (chosen: number[]): number[][] =>
      sceneFrom(trace, second, 1000, { chosen }).lanes.map((lane) => lane.chosen.map(({ from }) => Math.round(from)));
    assert.deepEqual(marked([]), [[], []]);
    assert.deepEqual(marked([1, 3]), [[100, 500], []]);
    assert.deepEqual(marked([2, 5]), [[300], [700]]);
  });

  it('marks what is pinned under its bar, and at the edge of its lane where it is not in view', () => {
    const trace = traceOf((traffic) => {
      const connection = traffic.connection(10, 40_000);
      for (const at of [100, 300, 900]) traffic.exchange(connection, { at, target: '/', app: 50 });
      for (let count = 0; count < 50; count++) traffic.connection(20 + count, 40_001 + count);
    });
    const marks = (pinned: number[], viewport: Viewport, scroll = 0): unknown[] =>
      sceneFrom(trace, viewport, 1000, { pinned, scroll, height: 400 }).pins.map(({ x, y, points }) => [
        Math.round(x),
        y,
        points,
      ]);
    assert.deepEqual(marks([1, 3, 77], second), [
      [105, 30, 'up'],
      [905, 30, 'up'],
    ]);
    assert.deepEqual(marks([1, 3], new Viewport(200, 600, 1000)), [
      [5, 30, 'earlier'],
      [995, 30, 'later'],
    ]);
    assert.deepEqual(marks([1], second, 1000), [], 'its lane is not in view');
    trace.filterBy(readFilter('path:/other'), true);
    assert.deepEqual(marks([1], second), [], 'its lane is hidden');
  });

  it('makes only the lanes in view', () => {
    const trace = traceOf((traffic) => {
      for (let count = 0; count < 500; count++) traffic.connection(count, 40_000 + count);
    });
    const { lanes } = sceneFrom(trace, second, 1000, { scroll: 4000, height: 200 });
    assert.deepEqual(
      lanes.map((lane) => [lane.connection, lane.top]),
      [
        [101, 0],
        [102, 40],
        [103, 80],
        [104, 120],
        [105, 160],
      ],
    );
  });

  it('shows for how long the kernel keeps the pair of a closed connection', () => {
    const trace = traceOf((traffic) => {
      traffic.close(traffic.connection(100, 54310), 200, 'server', 'FIN', 0);
      traffic.close(traffic.connection(100, 54311), 200, 'client', 'FIN', 0);
      traffic.close(traffic.connection(100, 54312), 200, 'server', 'FIN', 0);
    });
    const seen = (connection: number, names: readonly TcpState[], expires: number): PairView => ({
      connection,
      states: names.map((state, index) => ({ state, at: 210 + 100 * index })),
      unacknowledged: 0,
      unread: 0,
      expires,
    });
    trace.store.look({
      absent: '',
      at: 400,
      pauseMs: 200,
      pairs: [
        seen(1, ['ESTABLISHED', 'TIME_WAIT'], 60_200),
        seen(2, ['ESTABLISHED', 'CLOSE_WAIT', 'CLOSED'], NaN),
        seen(3, ['FIN_WAIT2', 'TIME_WAIT', 'CLOSED'], NaN),
      ],
      acceptQueue: undefined,
      pulse: undefined,
    });
    const tails = sceneFrom(trace, second, 900).lanes.map(({ tail }) => tail);
    const ends = (tail: TailScene | undefined) => [tail?.stretches[0]?.from, tail?.stretches.at(-1)?.to];
    // "FIN" stands before it, from 207 to 228.
    assert.deepEqual(ends(tails[0]), [232, 900], 'it goes on');
    assert.equal(tails[0]?.label?.text, 'TIME_WAIT');
    assert.equal(tails[1], undefined, 'the client closed first');
    assert.deepEqual(ends(tails[2]), [232, 410], 'until the pair was seen no more');
    for (const { from, to } of tails[0].stretches) assert.ok(to > from);
    const words = sceneFrom(trace, second, 900).lanes[0]?.labels ?? [];
    for (const { x, width } of [...words, tails[0].label]) {
      assert.ok(
        tails[0].stretches.every(({ from, to }) => to <= x || from >= x + width),
        'no dot under a word',
      );
    }
  });

  it('shows a connection that waits for its turn, before its bar and without one', () => {
    const trace = traceOf((traffic) => {
      const served = traffic.connection(100, 54310);
      served.turn = 400;
      traffic.exchange(served, { at: 401, target: '/', app: 50 });
      traffic.connection(200, 54311).turn = NaN;
      const gone = traffic.connection(300, 54312);
      gone.turn = NaN;
      traffic.close(gone, 600, 'client', 'FIN');
    });
    const scene = sceneFrom(trace, second, 900);
    const turns = scene.lanes.map(({ turn }) => [
      turn?.stretches.map(({ from, to }) => [Math.round(from), Math.round(to)]),
      turn?.open,
      turn?.label?.text,
    ]);
    assert.deepEqual(turns, [
      [[[100, 400]], false, 'waiting for its turn'],
      [[[200, 900]], true, 'waiting for its turn'],
      [[[300, 600]], false, 'waiting for its turn'],
    ]);
    assert.equal(scene.alive, true);
    const lines = scene.lanes.flatMap(({ line, turn }) =>
      line.filter(({ from, to }) => turn?.stretches.some((stretch) => from < stretch.to && to > stretch.from)),
    );
    assert.deepEqual(lines, [], 'no line through what waits');
    assert.equal(scene.lanes[1]?.summaries[0], 'waiting for its turn');
  });

  it('draws the limit of slots as it was at the time, and marks the change', () => {
    const trace = traceOf((traffic) => {
      traffic.model(0, 'threads', 4);
      traffic.model(500, 'iterative', 1);
      traffic.model(800, 'processes', 3);
      traffic.connection(0, 54310);
    });
    const { strip, models } = sceneFrom(trace, second, 1000);
    assert.deepEqual(
      [0, 499, 501, 799, 801, 999].map((column) => strip.limits[column]),
      [4, 4, 1, 1, 3, 3],
    );
    assert.deepEqual(models, [
      { at: 0, name: 'threads × 4', earlier: true },
      { at: 500, name: 'iterative', earlier: false },
      { at: 800, name: 'processes × 3', earlier: false },
    ]);
    assert.deepEqual(sceneFrom(trace, new Viewport(600, 100, 100), 1000).models, []);
  });

  it('has a band for each of several workers in the strip, and none for a single one', () => {
    const call = (traffic: Traffic, worker: number, at: number): unknown =>
      traffic.exchange(traffic.connection(0, 54310 + worker), { at, target: '/', app: 100, worker });
    const single = traceOf((traffic) => call(traffic, 1, 100));
    assert.equal(sceneFrom(single, second, 1000).strip.tracks.length, 0);
    const trace = traceOf((traffic) => {
      call(traffic, 2, 300);
      call(traffic, 1, 100);
    });
    const [track] = sceneFrom(trace, second, 1000).strip.tracks;
    assert.deepEqual(
      track?.values.map((values) => [values[150], values[350]]),
      [
        [1, 0],
        [0, 1],
      ],
    );
    const early = sceneFrom(trace, new Viewport(0, 200, 100), 1000).strip.tracks[0];
    assert.equal(early?.values.length, 1, 'the other one did nothing in view');
    const [workers] = stripTracksOf(trace);
    assert.equal(workers?.format(workers.series.map((each) => each.valueAt(350))), '1');
  });

  it('shows a connection without a request as a line from its accept on', () => {
    const lane = onlyLane(
      sceneFrom(
        traceOf((traffic) => traffic.connection(200, 54310)),
        second,
        900,
      ),
    );
    assert.deepEqual([lane.accept, lane.pieces.length, lane.lineOpen], [200, 0, true]);
    assert.deepEqual(lane.line, [{ from: 200, to: 900 }]);
    assert.equal(lane.summaries[0], 'no request yet');
  });

  it('never draws the line through a bar or a label, and dots only at its own end', () => {
    const { traffic, now } = scenarios.mixed();
    const trace = new Trace(1000);
    trace.append(traffic.batch(now));
    for (let span = 4500; span < 9000; span += 37) {
      const { lanes } = sceneFrom(trace, new Viewport(0, span, 700), now);
      for (const lane of lanes) {
        const outside = lane.labels.filter((label) => label.where !== 'inside');
        for (const { from, to } of lane.line) {
          assert.ok(outside.every((label) => label.x >= to || label.x + label.width <= from));
          assert.ok(lane.pieces.every((piece) => piece.x >= to - 1e-6 || piece.x + piece.width <= from + 1e-6));
        }
        const end = lane.line[lane.line.length - 1]?.to ?? 0;
        if (lane.lineOpen) assert.ok(outside.every((label) => label.x + label.width <= end || label.x > end + 16));
      }
    }
  });

  it('ends the line where the connection closed, says how, and names the request', () => {
    const trace = traceOf((traffic) => {
      const connection = traffic.connection(100, 54310);
      traffic.exchange(connection, { at: 110, target: '/broken', app: 20, status: 500, outcome: 'app error' });
      traffic.close(connection, 150, 'client', 'RST', 4);
    });
    const lane = onlyLane(sceneFrom(trace, second, 1000));
    assert.deepEqual([lane.close?.x, lane.close?.tone, lane.lineOpen], [154, 'error', false]);
    assert.deepEqual(
      lane.labels.map(({ text, where, tone }) => [text, where, tone]),
      [
        ['RST', 'mark', 'error'],
        ['GET /broken 500', 'after', 'error'],
      ],
    );
    assert.ok(lane.pieces.some((piece) => piece.phase === 'app' && piece.colour === 'error'));
    assert.deepEqual(lane.summaries, ['1 request · client left (RST)', '1 req. · client left (RST)', '1 request']);
  });

  it('signs the label of a request in which something was found', () => {
    const trace = traceOf((traffic) => {
      const connection = traffic.connection(100, 54310);
      traffic.exchange(connection, { at: 110, target: '/early', app: 20, found: true });
    });
    const labels = onlyLane(sceneFrom(trace, second, 1000)).labels.map(({ text, tone }) => [text, tone]);
    assert.deepEqual(labels, [['GET /early 200 ⚠', 'plain']]);
  });

  it('draws a long close beside the label that stands before its end, not through it', () => {
    const trace = traceOf((traffic) => {
      const connection = traffic.connection(100, 54310);
      const row = traffic.exchange(connection, { at: 110, target: '/', outcome: 'refused', status: 400 });
      traffic.close(connection, row.start + row.end, 'server', 'FIN', 700);
    });
    const lane = onlyLane(sceneFrom(trace, second, 1000));
    const [label] = lane.labels;
    assert.ok(label?.where === 'after' && lane.close && lane.close.line.length > 0);
    for (const { from, to } of [...lane.close.line, ...lane.line]) {
      assert.ok(to <= label.x || from >= label.x + label.width, `${from} to ${to} crosses ${label.text}`);
    }
  });

  it('shows a refused request, which never reached the app', () => {
    const trace = traceOf((traffic) => {
      const connection = traffic.connection(100, 54310);
      traffic.exchange(connection, { at: 110, target: '', method: '', outcome: 'refused', status: 400 });
    });
    const lane = onlyLane(sceneFrom(trace, second, 1000));
    assert.ok(lane.pieces.length > 0 && lane.pieces.every((piece) => piece.phase !== 'app'));
    assert.deepEqual(
      lane.labels.map(({ text, tone }) => [text, tone]),
      [['unreadable request 400', 'warning']],
    );
  });

  it('is alive only while something in view is in progress', () => {
    const trace = traceOf((traffic) => {
      traffic.exchange(traffic.connection(100, 54310), { at: 110, target: '/slow' });
    });
    const scene = sceneFrom(trace, second, 600);
    assert.equal(scene.alive, true);
    const app = onlyLane(scene).pieces.find((piece) => piece.phase === 'app');
    assert.ok(app);
    assert.deepEqual([Math.round(app.x + app.width), app.open], [600, true]);
    assert.equal(sceneFrom(trace, new Viewport(700, 200, 1000), 600).alive, false);
    assert.equal(sceneFrom(trace, second, 600, { scroll: 40, height: 40 }).alive, false);
  });

  it('merges what would share pixels, and still shows the one that failed', () => {
    const trace = traceOf((traffic) => {
      const connection = traffic.connection(0, 54310);
      for (let count = 0; count < 5000; count++) {
        const failed = count === 2500;
        const outcome = failed ? 'app error' : 'complete';
        traffic.exchange(connection, {
          at: 1 + count * 0.18,
          target: '/',
          app: 0.05,
          status: failed ? 500 : 200,
          outcome,
        });
      }
    });
    const lane = onlyLane(sceneFrom(trace, new Viewport(0, 1000, 500), 1000));
    assert.ok(lane.pieces.length < 10, `${lane.pieces.length} pieces`);
    const error = lane.pieces.find((piece) => piece.colour === 'error');
    assert.ok(error && Math.abs(error.x - 225) < 3, `at ${error?.x}`);
    assert.deepEqual(
      lane.labels.map((label) => label.text),
      ['5,000 requests'],
    );
  });

  it('draws at most 10,000 rectangles in full and each further bar as one', () => {
    const { traffic, now } = scenarios.busy();
    const trace = new Trace(10_000);
    trace.append(traffic.batch(now));
    const scene = sceneFrom(trace, new Viewport(0, now, 60_000), now);
    const pieces = scene.lanes.flatMap((lane) => lane.pieces);
    assert.ok(pieces.length > 10_000 && pieces.length <= 10_000 + 7 + 5000, `${pieces.length} rectangles`);
  });

  it('finds a bar that began before the window, also among pipelined ones', () => {
    const trace = traceOf((traffic) => {
      const connection = traffic.connection(0, 54310);
      traffic.exchange(connection, { at: 10, target: '/long', app: 800 });
      for (let count = 0; count < 3; count++)
        traffic.exchange(connection, { at: 20 + count, target: '/next', app: 850 });
    });
    const lane = onlyLane(sceneFrom(trace, new Viewport(500, 100, 1000), 1000));
    assert.equal(lane.pieces.filter((piece) => piece.phase === 'app').length, 4);
  });

  it('says where a lane is that has nothing in the window', () => {
    const trace = traceOf((traffic) => {
      traffic.close(traffic.connection(100, 54310), 200, 'server', 'FIN');
      traffic.connection(900, 54311);
    });
    const { lanes } = sceneFrom(trace, new Viewport(400, 100, 1000), 1000);
    assert.deepEqual(
      lanes.map((lane) => lane.elsewhere),
      ['earlier', 'later'],
    );
  });

  it('marks the selected exchange and its lane', () => {
    const trace = traceOf((traffic) => {
      traffic.exchange(traffic.connection(0, 54310), { at: 100, target: '/', app: 50 });
      traffic.exchange(traffic.connection(0, 54311), { at: 100, target: '/', app: 50 });
    });
    const { lanes } = sceneFrom(trace, second, 1000, { selected: 2 });
    assert.deepEqual(
      lanes.map((lane) => [lane.selected, lane.selectedBar?.from]),
      [
        [false, undefined],
        [true, 100],
      ],
    );
  });

  it('draws queued calls on top of running ones in the strip', () => {
    const trace = traceOf((traffic) => {
      traffic.exchange(traffic.connection(0, 54310), { at: 100, target: '/', app: 300 });
      traffic.exchange(traffic.connection(0, 54311), { at: 150, target: '/', wait: 250, app: 100 });
    });
    const { strip } = sceneFrom(trace, new Viewport(0, 1000, 100), 1000);
    const at = (column: number): (number | undefined)[] => [
      strip.running[column],
      strip.demand[column],
      strip.connections[column],
    ];
    assert.deepEqual(
      [at(5), at(12), at(25), at(45), at(70)],
      [
        [0, 0, 2],
        [1, 1, 2],
        [1, 2, 2],
        [1, 1, 2],
        [0, 0, 2],
      ],
    );
    assert.equal(strip.until, 100);
  });

  it('draws in the lane of a slot its calls alone, and who waits in lanes of their own', () => {
    const trace = traceOf((traffic) => {
      traffic.exchange(traffic.connection(0, 54310), { at: 100, target: '/a', app: 300, slot: 1 });
      traffic.exchange(traffic.connection(0, 54311), { at: 150, target: '/b', wait: 250, app: 100, slot: 1 });
      traffic.exchange(traffic.connection(0, 54312), { at: 600, target: '/c', recv: 50, app: 100, slot: 2, worker: 2 });
      traffic.exchange(traffic.connection(0, 54313), { at: 700, target: '', outcome: 'refused', status: 400 });
    });
    const { lanes, headers } = sceneFrom(trace, second, 1000, { by: 'slot', selected: 2 });
    assert.deepEqual(
      lanes.map(({ title, top, selected, selectedBar }) => [title, top, selected, selectedBar !== undefined]),
      [
        ['worker 1 · slot 1', 0, true, true],
        ['worker 2 · slot 2', 40, false, false],
        ['waiting', 100, false, true],
        ['in no slot', 160, false, false],
      ],
    );
    assert.deepEqual(
      headers.map(({ title, top, sums }) => [title, top, sums[0]]),
      [
        ['Waiting for a slot', 80, '1 request · 0 wait now'],
        ['In no slot', 140, '1 request · 0 in progress'],
      ],
    );
    const drawn = lanes.map(({ pieces }) =>
      pieces.map(({ phase, x, width }) => [phase, Math.round(x), Math.round(width)]),
    );
    assert.deepEqual(drawn.slice(0, 3), [
      [
        ['app', 100, 300],
        ['app', 400, 100],
      ],
      [['app', 650, 100]],
      [['queue', 150, 250]],
    ]);
    assert.ok(drawn[3]?.every(([phase]) => phase !== 'app'));
    const idle = lanes[1]?.line ?? [];
    assert.equal(idle.at(-1)?.to, 1000, 'the slot is there until now');
    assert.ok(
      idle.every(({ from }) => from >= 750),
      'and from its first call on',
    );
    assert.deepEqual(
      lanes[0]?.labels.map(({ text }) => text),
      ['GET /a 200', 'GET /b 200'],
    );
  });

  it('gathers the connections of a client under a header that can hide them', () => {
    const trace = traceOf((traffic) => {
      traffic.exchange(traffic.connection(0, 54310), { at: 100, target: '/', app: 10 });
      traffic.connection(1, 40_000, '[::1]');
      traffic.exchange(traffic.connection(2, 54311), { at: 200, target: '/', app: 10 });
    });
    const shown = sceneFrom(trace, second, 1000, { by: 'client', selected: 2 });
    assert.deepEqual(
      shown.headers.map(({ title, top, sums, collapsed }) => [title, top, sums[0], collapsed]),
      [
        ['127.0.0.1', 0, '2 connections, 2 open · 2 requests', false],
        ['[::1]', 100, '1 connection, 1 open · 0 requests', false],
      ],
    );
    assert.deepEqual(
      shown.lanes.map(({ connection, top, selected }) => [connection, top, selected]),
      [
        [1, 20, false],
        [3, 60, true],
        [2, 120, false],
      ],
    );
    const hidden = sceneFrom(trace, second, 1000, { by: 'client', selected: 2, collapsed: ['127.0.0.1'] });
    assert.deepEqual(
      hidden.headers.map(({ top, collapsed, selected }) => [top, collapsed, selected]),
      [
        [0, true, true],
        [20, false, false],
      ],
    );
    assert.deepEqual(
      hidden.lanes.map(({ connection }) => connection),
      [2],
    );
  });
});
