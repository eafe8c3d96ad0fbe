import type { ConnectionRow } from '../../src/core/trace/columns';
import { hostileMessages } from './hostileMessages';
import { writtenMessages, type WrittenMessages } from './messages';
import { pseudoRandom } from './pseudoRandom';
import { Traffic } from './traffic';

/** Traces to look at, by name. Each returns its traffic and the clock reading at which it stands. */
export interface Scenario {
  readonly traffic: Traffic;
  readonly now: number;
}

export const scenarios = {
  empty: (): Scenario => {
    const traffic = new Traffic();
    listen(traffic);
    return { traffic, now: 300 };
  },

  /** The very first request ever, a fast one. */
  first: (): Scenario => {
    const traffic = new Traffic();
    listen(traffic);
    const connection = traffic.connection(8412.3, 54310);
    traffic.exchange(connection, { at: 8412.6, target: '/', app: 3.1 });
    return { traffic, now: 8420 };
  },

  /** A page, slow calls, a queue, an error, a refused request, a client that leaves, a streamed response. */
  mixed: (): Scenario => {
    const traffic = new Traffic();
    listen(traffic);
    const once = (port: number, at: number, request: Omit<Parameters<Traffic['exchange']>[1], 'at'>): ConnectionRow => {
      const connection = traffic.connection(at, port);
      const row = traffic.exchange(connection, { at: at + 18, ...request });
      if (!Number.isNaN(row.end)) traffic.close(connection, row.start + row.end + 40, 'server', 'FIN', 30);
      return connection;
    };
    once(54310, 112, { target: '/slow?seconds=1.2', app: 1260, recv: 12, send: 14, slot: 1 });
    once(54312, 200, { target: '/slow?seconds=1.8', app: 1800, recv: 9, send: 14, slot: 2 });
    once(54314, 262, { target: '/slow?seconds=3', app: 2990, recv: 9, send: 14, slot: 3 });
    const keepAlive = traffic.connection(380, 54316);
    traffic.exchange(keepAlive, {
      at: 395,
      target: '/report',
      method: 'POST',
      recv: 160,
      app: 1200,
      send: 30,
      status: 201,
      type: 'application/json',
      slot: 4,
    });
    traffic.exchange(keepAlive, {
      at: 2240,
      target: '/report/7',
      app: 190,
      send: 8,
      slot: 2,
      type: 'application/json',
    });
    traffic.exchange(keepAlive, { at: 2700, target: '/report/8', app: 88, send: 4, status: 304, slot: 2, found: true });
    traffic.exchange(keepAlive, {
      at: 3560,
      target: '/export.csv',
      app: 640,
      streamed: 520,
      send: 60,
      type: 'text/csv',
      slot: 1,
      found: true,
    });
    once(54318, 440, { target: '/hello', wait: 1040, app: 212, recv: 10, send: 14, slot: 1 });
    const left = traffic.connection(590, 54320);
    const gone = traffic.exchange(left, {
      at: 600,
      target: '/export',
      wait: 1090,
      app: 190,
      outcome: 'client left',
      status: 0,
      slot: 4,
      recv: 12,
    });
    traffic.close(left, gone.start + gone.end + 25, 'client', 'RST', 4);
    traffic.connection(755, 54322);
    const failed = { status: 500, outcome: 'app error', type: 'text/html' } as const;
    once(54326, 3140, { target: '/broken', app: 240, recv: 12, send: 14, slot: 3, ...failed });
    const refused = traffic.connection(2500, 54328);
    const bad = traffic.exchange(refused, {
      at: 2504,
      target: '',
      method: '',
      outcome: 'refused',
      status: 400,
      type: 'text/html',
      recv: 6,
      send: 5,
    });
    traffic.close(refused, bad.start + bad.end + 2, 'server', 'FIN', 8);
    const idle = traffic.connection(1500, 54330);
    traffic.exchange(idle, { at: 1503, target: '/favicon.ico', app: 9, status: 404, type: 'text/html', slot: 2 });
    traffic.close(idle, 3900, 'server', 'idle timeout', 10);
    const running = traffic.connection(3700, 54332);
    traffic.exchange(running, { at: 3710, target: '/slow?seconds=5', slot: 4, recv: 10 });
    const waiting = traffic.connection(3950, 54334);
    const row = traffic.exchange(waiting, { at: 3955, target: '/hello', wait: 1, recv: 10 });
    row.appStart = NaN;
    return { traffic, now: 4420 };
  },

  /** Every way to wait, under one model after the other; and those that still wait. */
  waiting: (): Scenario => {
    const traffic = new Traffic();
    listen(traffic);
    traffic.model(40, 'iterative', 1);
    const turn = (port: number, at: number, from: number, address?: string): ConnectionRow => {
      const connection = traffic.connection(at, port, address);
      connection.turn = from;
      return connection;
    };
    const first = turn(40_100, 100, 100.08);
    const slow = traffic.exchange(first, { at: 110, target: '/slow?seconds=0.5', app: 500, send: 10 });
    traffic.close(first, slow.start + slow.end, 'server', 'FIN', 4);
    const second = turn(40_102, 180, 630);
    const after = traffic.exchange(second, { at: 631, target: '/', app: 120 });
    traffic.close(second, after.start + after.end, 'server', 'FIN', 4);
    const preconnect = turn(40_104, 300, 760);
    traffic.close(preconnect, 980, 'client', 'FIN', 4);
    traffic.model(1000, 'threads', 2);
    const upload = traffic.connection(1050, 40_106);
    traffic.exchange(upload, {
      at: 1060,
      target: '/upload',
      method: 'POST',
      recv: 420,
      body: 400,
      app: 160,
      slot: 1,
    });
    const download = traffic.connection(1080, 40_108);
    traffic.exchange(download, { at: 1090, target: '/export.csv', app: 130, send: 500, stall: 430, slot: 2 });
    const streamed = traffic.connection(1100, 40_110);
    traffic.exchange(streamed, {
      at: 1120,
      target: '/feed',
      method: 'PUT',
      recv: 380,
      body: 360,
      app: 700,
      streamed: 500,
      send: 40,
      stall: 300,
      slot: 1,
    });
    for (const [index, at] of [1700, 1730, 1760, 1790, 1820].entries()) {
      const connection = traffic.connection(at - 6, 40_120 + 2 * index);
      traffic.exchange(connection, {
        at,
        target: `/slow?seconds=0.${index + 2}`,
        app: 200 + index * 60,
        ...(index < 2 ? {} : { wait: 130 + index * 60, place: index - 1 }),
        slot: 1 + (index % 2),
      });
    }
    traffic.model(2500, 'processes', 2);
    for (const [index, at] of [2550, 2600, 2650].entries()) {
      const connection = traffic.connection(at - 6, 40_140 + 2 * index);
      traffic.exchange(connection, {
        at,
        target: '/cpu',
        app: 300,
        ...(index < 2 ? {} : { wait: 200 }),
        worker: 1 + (index % 2),
        slot: 1,
      });
    }
    traffic.model(3200, 'iterative', 1);
    const holder = turn(40_150, 3250, 3250.08);
    traffic.exchange(holder, { at: 3260, target: '/slow?seconds=60' });
    turn(40_152, 3400, NaN, '[::1]');
    turn(40_154, 3500, NaN, '192.168.178.23');
    return { traffic, now: 4000 };
  },

  /** A request for each way in which a body can be shown, see `messages.ts`. */
  bodies: (): Scenario => written(writtenMessages),

  /** What is sent by who means no good, see `hostileMessages.ts`. */
  hostile: (): Scenario => written(hostileMessages),

  /** 5,000 requests for as many paths, the first of them with as many parameters. */
  distinct: (): Scenario => {
    const traffic = new Traffic();
    listen(traffic);
    const many = Array.from({ length: 5000 }, (_, index) => `p${index}=${index}`).join('&');
    const lanes = Array.from({ length: 20 }, (_, index) => traffic.connection(100, 40_400 + index));
    for (let index = 0; index < 5000; index++) {
      const lane = lanes[index % lanes.length];
      const at = 101 + Math.floor(index / lanes.length) * 4;
      if (lane) traffic.exchange(lane, { at, target: index === 0 ? `/first?${many}` : `/path/${index}`, app: 2 });
    }
    return { traffic, now: 1200 };
  },

  /** The app asks its own server from its only slot, and a third request waits behind. */
  deadlock: (): Scenario => {
    const traffic = new Traffic();
    listen(traffic);
    traffic.model(0, 'threads', 1);
    const outer = traffic.exchange(traffic.connection(500, 40_200), { at: 500.2, target: '/report?of=all' });
    const own = traffic.connection(620, 40_202);
    own.caller = outer.id;
    const inner = traffic.exchange(own, { at: 620.2, target: '/api/numbers', wait: 1000 });
    const other = traffic.exchange(traffic.connection(900, 40_204), { at: 900.2, target: '/hello', wait: 1000 });
    for (const waiting of [inner, other])
      Object.assign(waiting, { appStart: NaN, startResponse: NaN, worker: 0, slot: 0 });
    other.queuePosition = 2;
    return { traffic, now: 2300 };
  },

  /** 16 keep-alive connections, 5,000 requests. */
  busy: (): Scenario => load(5000, 16),

  /** 100,000 requests over 1,000 lanes. */
  huge: (): Scenario => load(100_000, 1000),

  /** 100,000 requests over 16 lanes. */
  dense: (): Scenario => load(100_000, 16),
} as const;

export type ScenarioName = keyof typeof scenarios;

/** A request for each target that something is written of. */
function written(messages: Readonly<Record<string, WrittenMessages>>): Scenario {
  const traffic = new Traffic();
  listen(traffic);
  for (const [index, [target, { request, responseFields = [], problem }]] of Object.entries(messages).entries()) {
    traffic.exchange(traffic.connection(100 + index * 60, 40_300 + index), {
      at: 101 + index * 60,
      target,
      method: request === undefined ? 'GET' : 'POST',
      type: /^Content-Type: ([^;]+)/m.exec(responseFields.join('\n'))?.[1] ?? '',
      app: 30,
      ...(problem ? { status: 500, outcome: 'app error' as const } : {}),
    });
  }
  return { traffic, now: 900 };
}

function listen(traffic: Traffic): void {
  traffic.note(2.1, 'socket', 'socket(AF_INET, SOCK_STREAM)');
  traffic.note(2.2, 'setsockopt', 'setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)');
  traffic.note(2.4, 'bind', 'bind("127.0.0.1", 8888)');
  traffic.note(2.6, 'listen', 'listen(1024)');
  traffic.note(41.2, 'worker', 'Python 3.11.2 imported hello.py:application, pid 4711');
}

/** Requests one after another on each connection, with waits while more than four run. */
function load(requests: number, connections: number): Scenario {
  const traffic = new Traffic();
  listen(traffic);
  const random = pseudoRandom(7);
  const lanes = Array.from({ length: connections }, (_, index) => ({
    connection: traffic.connection(100 + index * 0.4, 40_000 + index),
    free: 120 + index * 0.5,
  }));
  let now = 0;
  for (let count = 0; count < requests; count++) {
    const lane = lanes[count % connections];
    if (!lane) break;
    const app = 0.2 + random() ** 6 * 120;
    const wait = random() < 0.3 ? random() * 8 : 0;
    const failed = random() < 0.004;
    const row = traffic.exchange(lane.connection, {
      at: lane.free,
      target: `/item/${count % 40}`,
      app,
      wait,
      status: failed ? 500 : 200,
      outcome: failed ? 'app error' : 'complete',
      slot: 1 + (count % 4),
    });
    lane.free = row.start + row.end + random() * 6;
    now = Math.max(now, lane.free);
  }
  return { traffic, now };
}
