import type { App, Contender } from './contenders';
import type { Load } from './wrk';

/** Medians over the rounds of one contender under one load. */
export interface Figures {
  readonly perSecond: number;
  /** ms */
  readonly p50: number;
  readonly p99: number;
  /** µs of CPU time, of all its processes, for one request */
  readonly cpu: number;
  readonly errors: number;
  /** Requests per second of the clients beside, where the scenario has some. */
  readonly besidePerSecond: number;
  /** p99 before slots were held, in ms, where the scenario holds some. */
  readonly idleP99: number;
}

export type FiguresOf = (contender: Contender) => Figures;

/** Something to reach, as a number that should be at least, or at most, so large. */
export interface Goal {
  readonly text: string;
  readonly reached: number;
  readonly unit: '×' | 'ms' | '%' | 'MB';
  /** What the first release has to reach, and what the design aims at. */
  readonly required?: number;
  readonly aim?: number;
  readonly atMost?: boolean;
}

export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly app: App;
  readonly load: Load;
  /** Other clients at the same time; their answers count on their own. */
  readonly beside?: Load;
  /**
   * So many slots are held by calls that outlast the load: one connection, whose requests are each timed by themselves,
   * two thousand for each second of a round. The same load goes before, with all slots free.
   */
  readonly held?: number;
  readonly contenders: readonly Contender[];
  readonly goals: (of: FiguresOf) => Goal[];
}

const plain = (connections: number, headers: readonly string[] = []): Load => ({ connections, path: '/', headers });
const peers: readonly Contender[] = ['lifeline', 'waitress', 'gunicorn sync', 'gunicorn gthread'];

function times(of: FiguresOf, peer: Contender, marks: Pick<Goal, 'required' | 'aim'>): Goal {
  return { text: `req/s against ${peer}`, reached: of('lifeline').perSecond / of(peer).perSecond, unit: '×', ...marks };
}

/** The head that a current browser sends with a page's session: about 900 bytes. */
const browserHead = [
  'Connection: keep-alive',
  'sec-ch-ua: "Chromium";v="142", "Not=A?Brand";v="24", "Google Chrome";v="142"',
  'sec-ch-ua-mobile: ?0',
  'sec-ch-ua-platform: "Linux"',
  'Upgrade-Insecure-Requests: 1',
  'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7',
  'Sec-Fetch-Site: same-origin',
  'Sec-Fetch-Mode: navigate',
  'Sec-Fetch-User: ?1',
  'Sec-Fetch-Dest: document',
  'Referer: http://127.0.0.1:8888/report/2026/11?page=3&sort=name',
  'Accept-Encoding: gzip, deflate, br, zstd',
  'Accept-Language: en-GB,en;q=0.9,de-DE;q=0.8,de;q=0.7',
  'Cookie: csrftoken=Tz1yKq8fJwVbN3mXcR5hLp7gDs9aEu2o; sessionid=k4w8r1z6q9t3y7u2i5o0p8a4s6d1f3g9; theme=dark; tz=Europe%2FVienna',
];

export const scenarios: readonly Scenario[] = [
  {
    id: 'hello16',
    title: 'Hello, 16 keep-alive connections',
    app: 'hello',
    load: plain(16),
    contenders: peers,
    goals: (of) => [
      times(of, 'waitress', { required: 4, aim: 6 }),
      times(of, 'gunicorn sync', { required: 3, aim: 4 }),
      { text: 'p50', reached: of('lifeline').p50, unit: 'ms', aim: 0.35, atMost: true },
      {
        text: 'p99, no worse than the best peer',
        reached: of('lifeline').p99,
        unit: 'ms',
        required: Math.min(...peers.slice(1).map((peer) => of(peer).p99)),
        aim: 2.5,
        atMost: true,
      },
    ],
  },
  {
    id: 'hello64',
    title: 'Hello, 64 keep-alive connections',
    app: 'hello',
    load: plain(64),
    contenders: peers,
    goals: (of) => [times(of, 'gunicorn gthread', { aim: 15 })],
  },
  {
    id: 'browser16',
    title: 'Hello, a browser’s head, 16 connections',
    app: 'hello',
    load: plain(16, browserHead),
    contenders: peers,
    goals: (of) => [times(of, 'waitress', { aim: 6 })],
  },
  {
    id: 'flask16',
    title: 'Flask hello, 16 connections',
    app: 'flask',
    load: plain(16),
    contenders: peers,
    goals: (of) => [times(of, 'waitress', { required: 1.8, aim: 2.3 }), times(of, 'gunicorn sync', { aim: 1.7 })],
  },
  {
    id: 'close16',
    title: 'Hello, Connection: close, 16 at a time',
    app: 'hello',
    load: plain(16, ['Connection: close']),
    contenders: peers,
    goals: (of) => [times(of, 'waitress', { required: 2, aim: 2.5 }), times(of, 'gunicorn sync', { aim: 1.2 })],
  },
  {
    id: 'one',
    title: 'Hello, 1 connection',
    app: 'hello',
    load: plain(1),
    contenders: peers,
    goals: (of) => [times(of, 'waitress', { aim: 1 })],
  },
  {
    id: 'beside',
    title: 'Hello, 4 fast clients beside 2 slow ones (50 ms)',
    app: 'hello',
    load: plain(4),
    beside: { connections: 2, path: '/slow', headers: [] },
    contenders: ['lifeline', 'waitress', 'gunicorn gthread'],
    goals: (of) => [
      { text: 'p99 of the fast', reached: of('lifeline').p99, unit: 'ms', aim: 4, atMost: true },
      {
        text: 'slow ones against the ideal',
        reached: (of('lifeline').besidePerSecond / (2 / 0.05)) * 100,
        unit: '%',
        aim: 97,
      },
    ],
  },
  {
    id: 'fairness',
    title: 'Hello, 1 connection, while 3 of 4 slots are held for seconds',
    app: 'hello',
    load: plain(1),
    held: 3,
    contenders: ['lifeline', 'waitress', 'gunicorn gthread'],
    goals: (of) => [
      {
        text: 'p99 against that of an idle server',
        reached: of('lifeline').p99 / of('lifeline').idleP99,
        unit: '×',
        required: 3,
        aim: 1.5,
        atMost: true,
      },
      {
        text: 'p99, no worse than the best peer',
        reached: of('lifeline').p99,
        unit: 'ms',
        required: Math.min(of('waitress').p99, of('gunicorn gthread').p99),
        atMost: true,
      },
    ],
  },
  {
    id: 'cpu',
    title: 'A page that computes for 20 ms, 2 connections',
    app: 'hello',
    load: { connections: 2, path: '/compute', headers: [] },
    contenders: ['lifeline, 2 threads', 'lifeline, 2 processes'],
    goals: (of) => [
      {
        text: 'req/s of processes against threads',
        reached: of('lifeline, 2 processes').perSecond / of('lifeline, 2 threads').perSecond,
        unit: '×',
        required: 1.5,
        aim: 1.9,
      },
    ],
  },
  recorderCost('recorder', 'hello', 'hello'),
  recorderCost('recorderFlask', 'Flask hello', 'flask'),
  {
    id: 'busy',
    title: 'Editor’s main thread busy half the time: hello, 4 connections',
    app: 'hello',
    load: plain(4),
    contenders: ['lifeline', 'lifeline, main thread busy'],
    goals: (of) => [{ text: 'p99', reached: of('lifeline, main thread busy').p99, unit: 'ms', aim: 5, atMost: true }],
  },
];

function recorderCost(id: string, name: string, app: App): Scenario {
  return {
    id,
    title: `The recorder’s cost: ${name}, 16 connections`,
    app,
    load: plain(16),
    contenders: ['lifeline', 'lifeline, recorder off'],
    goals: (of) => [
      {
        text: 'throughput lost to recording',
        reached: (1 - of('lifeline').perSecond / of('lifeline, recorder off').perSecond) * 100,
        unit: '%',
        required: 5,
        aim: 3,
        atMost: true,
      },
    ],
  };
}
