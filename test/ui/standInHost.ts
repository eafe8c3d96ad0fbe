import { createBirpc } from 'birpc';
import { assertNever } from '../../src/core/assertNever';
import { copyAs } from '../../src/core/trace/copyAs';
import type { ExchangeDetail, Finding, ReplayOrigin } from '../../src/core/trace/detail';
import { draftBytes, draftOf } from '../../src/core/trace/draft';
import { Handover } from '../../src/core/trace/handover';
import type { KernelView } from '../../src/core/trace/kernelView';
import type {
  FromWebview,
  HostFunctions,
  NamedFilter,
  Replayed,
  ServerState,
  ToComparison,
  ToWebview,
} from '../../src/core/trace/messages';
import { TraceStore } from '../../src/core/trace/traceStore';
import { writtenComparison } from './comparisons';
import { hostileMessages } from './hostileMessages';
import { kernelViewOf } from './kernelViews';
import { bodyOf, headsOf, writtenMessages, type WrittenMessages } from './messages';
import { scenarios, type ScenarioName } from './scenarios';
import { chunkedBody, manyChunks, standInParts } from './standInParts';

/**
 * Stands in for VS Code and the extension host on a page of its own: says what the real host says, from a written
 * trace. `?scenario=mixed&state=running`; with `live=N` it goes on with N requests a second, with `waiting=N` so many
 * connections wait to be accepted, with `absent` the kernel tells nothing, with `large` bodies are as large as they may be.
 * The picture has the page to itself, unless `panes=both` or `panes=table` asks for the table of requests.
 */
const query = new URLSearchParams(location.search);
const name = query.get('scenario') ?? 'mixed';
const { traffic, now } = scenarios[(name in scenarios ? name : 'mixed') as ScenarioName]();
const store = new TraceStore(200_000);
store.append(traffic.batch(now));

const state: ServerState = {
  status: (query.get('state') ?? 'running') as ServerState['status'],
  restricted: query.has('restricted'),
  app: query.get('app') ?? 'flask_app.py:app',
  concurrency: 'threads × 4',
  slots: 4,
  // Another scenario is another trace.
  clockOriginUnixMs: Date.UTC(2026, 10, 24, 6, 10) - now,
  python: 'Python 3.11 from .venv, which stands in this folder',
  clockError: 0.004,
  ...(query.has('state') && !query.has('listens') ? {} : { address: '127.0.0.1:8888', url: 'http://127.0.0.1:8888/' }),
  ...(query.has('problem') ? { problem: query.get('problem') ?? '' } : {}),
};

let number = 0;
const post = (message: ToWebview | ToComparison): void => window.postMessage(structuredClone(message), '*');

const parts = standInParts(store, detailOf);

const functions: HostFunctions = {
  detail: (exchange) => Promise.resolve(detailOf(exchange)),
  ...parts,
  body: (exchange, message) => {
    remember(`body ${message} of ${exchange}`);
    const written = writtenOf(exchange);
    return written ? Promise.resolve(bodyOf(written, message)) : parts.body(exchange, message);
  },
  openSource: (file, line) => {
    remember(`open source ${file}:${line}`);
    return Promise.resolve();
  },
  run: (command) => {
    remember(`run ${command}`);
    return Promise.resolve();
  },
  copy: (text) => {
    remember(`copy ${text}`);
    return Promise.resolve();
  },
  clear: () => {
    remember('clear');
    store.clear();
    number++;
    snapshot();
    return Promise.resolve();
  },
  choose: (exchanges) => {
    document.body.dataset['chosen'] = exchanges.join(' ');
    return Promise.resolve();
  },
  copyAs: (exchange, form, revealed) => {
    const copied = copyAs(form, detailOf(exchange), '127.0.0.1:8888', revealed);
    if ('unable' in copied) return Promise.reject(new Error(`Not copied. ${copied.unable}`));
    remember(`copy as ${form} ${copied.text}`);
    return Promise.resolve(['Copied.', ...copied.notes].join(' '));
  },
  open: (exchange, part, revealed) => {
    remember(`open ${part} of ${exchange}, revealed ${revealed.join(' ')}`);
    return Promise.resolve('');
  },
  saveBody: (exchange, message) => {
    remember(`save body ${message} of ${exchange}`);
    return Promise.reject(new Error('The request has no body.'));
  },
  replay: (exchange) => {
    remember(`replay ${exchange}`);
    if (query.has('unreachable')) return Promise.reject(new Error('Not sent: the server does not run.'));
    return Promise.resolve(sentAgain({ exchange, edited: false }));
  },
  draft: (exchange) => {
    const detail = detailOf(exchange);
    const draft = detail && draftOf({ ...detail, ...(query.has('body') ? writtenBody(query.get('body') ?? '') : {}) });
    return draft ? Promise.resolve(draft) : Promise.reject(new Error('No complete request head arrived.'));
  },
  sendDraft: (exchange, draft) => {
    if (query.has('unreachable')) return Promise.reject(new Error('Not sent: the server does not run.'));
    const bytes = draftBytes(draft, '');
    remember(`send ${JSON.stringify(bytes)}`);
    return Promise.resolve(sentAgain({ exchange, edited: true }));
  },
  editFilters: (change, text) => {
    remember(`${change} filter ${text}`);
    if (change === 'save') named.push({ name: `Saved ${named.length}`, text });
    post({ type: 'filters', filters: named });
    return Promise.resolve(change === 'save' ? 'Saved the filter.' : '');
  },
  runAgain: (exchanges) => {
    remember(`run again ${exchanges.join(' ')}`);
    return Promise.resolve();
  },
};

const named: NamedFilter[] = query.has('filters')
  ? [
      { name: 'Slow <b>calls</b>', text: 'slower:1s' },
      { name: 'Writes', text: 'method:POST,PUT,PATCH,DELETE' },
    ]
  : [];
const origins = new Map<number, ReplayOrigin>();

/** The same request once more, at the end of the trace. */
function sentAgain(origin: ReplayOrigin): Replayed {
  const { method, target } = store.exchange(origin.exchange) ?? { method: 0, target: 0 };
  const at = store.now + 20;
  const connection = traffic.connection(at, 55_000 + origins.size);
  const row = traffic.exchange(connection, {
    at: at + 2,
    method: store.text(method),
    target: store.text(target),
    app: 130,
    status: 201,
  });
  origins.set(row.id, origin);
  const batch = traffic.batch(at + 200);
  store.append(batch);
  post({ type: 'batch', number: ++number, batch });
  return { exchange: row.id, said: `Sent again: #${row.id} is a replay of #${origin.exchange}.` };
}

function writtenBody(text: string): Pick<ExchangeDetail, 'requestHead' | 'requestBody'> {
  const bytes = new TextEncoder().encode(text);
  const requestHead = `POST /report HTTP/1.1\r\nHost: 127.0.0.1:8888\r\nContent-Type: text/plain\r\nContent-Length: ${bytes.length}`;
  return { requestHead, requestBody: { bytes, truncated: query.has('truncated'), size: bytes.length } };
}

function kernelView(): KernelView {
  const view = kernelViewOf(store, Number(query.get('waiting') ?? 0));
  if (!query.has('absent')) return view;
  const absent =
    'Not observable here: Linux tells in /proc/net/tcp what becomes of each connection; macOS has no such table.';
  return { ...view, absent, pairs: [], acceptQueue: undefined };
}

function snapshot(): void {
  const handover = new Handover(store);
  post({ type: 'snapshot', number, batch: handover.batch, capacity: 200_000, parts: handover.parts });
  for (let index = 0; index < handover.parts; index++) post({ type: 'part', index, part: handover.part(index) });
}

let receiveRpc: ((data: unknown) => void) | undefined;
createBirpc<object, HostFunctions>(functions, {
  post: (data: unknown) => post({ type: 'rpc', data }),
  on: (receive) => {
    receiveRpc = receive;
  },
});

/** `reveal=exchange 3`: as the connections view asks for it, while the page opens. */
function reveal(): void {
  const [kind = '', id = ''] = (query.get('reveal') ?? '').split(' ');
  if (kind === 'connection' || kind === 'exchange') post({ type: 'reveal', target: { kind, id: Number(id) } });
}

/** What the page asked for, for tests to read. */
function remember(what: string): void {
  document.body.dataset['asked'] = `${document.body.dataset['asked'] ?? ''}${what}\n`;
}

/** What is written of the messages of an exchange, where its scenario has such. */
function writtenOf(exchange: number): WrittenMessages | undefined {
  const row = store.exchange(exchange);
  const messages = { bodies: writtenMessages, hostile: hostileMessages }[name];
  return row && messages?.[store.text(row.target)];
}

function detailOf(exchange: number): ExchangeDetail | undefined {
  const row = store.exchanges.rowOf(exchange);
  if (row < 0) return undefined;
  const { columns } = store.exchanges;
  const at = (offset: number | undefined): number => (columns.start[row] ?? 0) + (offset ?? 0);
  const method = store.text(columns.method[row] ?? 0);
  const target = store.text(columns.target[row] ?? 0);
  const failed = (columns.status[row] ?? 0) === 500;
  const origin = origins.get(exchange);
  const type = store.mediaTypes.name(columns.mediaType[row] ?? 0);
  const written = writtenOf(exchange);
  const detail: ExchangeDetail = {
    exchange,
    requestHead: method
      ? `${method} ${target} HTTP/1.1\r\nHost: 127.0.0.1:8888\r\nUser-Agent: curl/8.9.1\r\nAccept: */*\r\nAuthorization: Bearer s3cr3t-t0ken\r\nCookie: session=abc123; theme=<b>dark</b>${method === 'POST' ? '\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked' : ''}`
      : '',
    ...(method === 'POST' ? { requestBody: query.has('large') ? manyChunks : chunkedBody } : {}),
    ...(method ? {} : { brokenHead: 'GET /a b\r\nHost: x\r\n\x1b[31m\xff\0\r\n\r\n' }),
    responseHead: `HTTP/1.1 ${columns.status[row] ?? 0} OK\r\n${type ? `Content-Type: ${type}; charset=utf-8\r\n` : ''}Content-Length: 13\r\nSet-Cookie: session=abc123; HttpOnly\r\nDate: Tue, 24 Nov 2026 06:10:00 GMT`,
    marks: [
      { name: 'recv', at: at(0), size: 82, provenance: 'measured' },
      { name: 'start_response', at: at(columns.startResponse[row]), provenance: 'measured' },
      { name: 'yield', at: at(columns.appEnd[row]), size: 13, provenance: 'measured' },
      { name: 'drain', at: at(columns.sendEnd[row]), size: 158, provenance: 'measured' },
    ],
    logs: [
      { at: at(columns.appStart[row]), stream: 'stdout', text: 'looking up the report\n' },
      { at: at(columns.appEnd[row]), stream: 'wsgi.errors', text: 'cache miss for <report 7>\n' },
    ],
    ...(origin && { replayOf: origin }),
    findings: findingsOf(target, at(columns.startResponse[row]), at(columns.appEnd[row])),
    ...(failed
      ? {
          problem: {
            fault: 'app' as const,
            code: 'app-exception',
            message: 'The app raised ZeroDivisionError: division by zero.',
            traceback:
              'Traceback (most recent call last):\n  File "flask_app.py", line 41, in broken\n    return 1 / 0\nZeroDivisionError: division by zero\n',
          },
        }
      : {}),
  };
  if (!written) return detail;
  return {
    ...detail,
    ...headsOf(method, target, columns.status[row] ?? 0, written),
    logs: (written.logs ?? []).map((line) => ({ ...line, at: at(columns.appStart[row]) })),
    ...(written.problem ? { problem: written.problem } : {}),
  };
}

/** Of every level, where the app exports a table, and one where its status has no body. */
function findingsOf(target: string, responded: number, ended: number): Finding[] {
  if (target === '/report/8') {
    const message =
      'The app sent a body with the status 304, which has none: it is not sent. Leave it out, or choose another status.';
    const reference = 'RFC 9110, 6.4.1. Content Semantics';
    return [{ at: ended, level: 'warning', code: 'body-not-allowed', message, reference }];
  }
  if (target !== '/export.csv') return [];
  return [
    {
      at: responded,
      level: 'info',
      code: 'write',
      message: 'The app used write(), which is there for old code: return or yield the body instead.',
      reference: 'PEP 3333, The write() Callable',
    },
    {
      at: ended - 40,
      level: 'warning',
      code: 'body-too-long',
      message: 'The body is longer than the Content-Length of 13 that the app gave; the rest is not sent.',
      reference: 'PEP 3333, Handling the Content-Length Header',
    },
    {
      at: ended - 0.2,
      level: 'error',
      code: 'close-raised',
      message:
        "The close() of the app's iterable raised OSError: <b>no</b> such table; what it had to release may still be held.",
      reference: 'PEP 3333, Specification Details',
    },
  ];
}

Object.assign(window, {
  acquireVsCodeApi: () => ({
    postMessage: (message: FromWebview) => {
      switch (message.type) {
        case 'rpc':
          receiveRpc?.(structuredClone(message.data));
          return;
        case 'kernel':
          document.body.dataset['kernel'] = message.shown ? 'shown' : 'hidden';
          if (message.shown) post({ type: 'kernel', view: kernelView() });
          return;
        case 'saved':
          document.body.dataset['saved'] = JSON.stringify(message.state);
          return;
        case 'ready':
          if (query.has('comparison')) {
            post({ type: 'comparison', comparison: writtenComparison() });
            return;
          }
          post({ type: 'state', state });
          post({ type: 'filters', filters: named });
          snapshot();
          reveal();
          return;
        default:
          assertNever(message);
      }
    },
    getState: (): unknown =>
      JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? { panes: query.get('panes') ?? 'timeline' },
    setState: (next: unknown) => sessionStorage.setItem('state', JSON.stringify(next)),
  }),
});

const rate = Number(query.get('live') ?? 0);
if (rate > 0) {
  const origin = performance.now() - now;
  const clock = (): number => performance.now() - origin;
  const lanes = Array.from({ length: 8 }, (_, index) => traffic.connection(clock(), 50_000 + index));
  let due = 0;
  let last = clock();
  const step = (): void => {
    const time = clock();
    due += ((time - last) * rate) / 1000;
    const each = (time - last) / Math.max(1, due / lanes.length);
    for (let count = 0; due >= 1; count++, due--) {
      const lane = lanes[count % lanes.length];
      if (lane) {
        const at = last + Math.floor(count / lanes.length) * each;
        traffic.exchange(lane, { at, target: '/live', app: each * 0.5, recv: 0.01, send: 0.01 });
      }
    }
    last = time;
    const batch = traffic.batch(time);
    store.append(batch);
    post({ type: 'batch', number: ++number, batch });
  };
  setInterval(step, 16);
}
