import { Handover } from '../../../src/core/trace/handover';
import type { ServerState, ToWebview } from '../../../src/core/trace/messages';
import { TraceStore } from '../../../src/core/trace/traceStore';
import { Load } from './load';

/**
 * The extension host of the benchmark: a worker of the page, so that nothing of its work counts for the page's frames. It
 * has a trace, says it when the page says `ready`, and goes on with so many requests a second when it is told to.
 */
export type ToHost =
  | { readonly type: 'begin'; readonly exchanges: number; readonly capacity: number }
  | { readonly type: 'ready' }
  | { readonly type: 'live'; readonly rate: number };

export type FromHost =
  | { readonly type: 'written' }
  | { readonly type: 'say'; readonly message: ToWebview }
  /** It begins to answer `ready`. */
  | { readonly type: 'answering' };

const load = new Load();
let store = new TraceStore(1);
let capacity = 1;
let number = 0;
let origin = 0;
let timer: ReturnType<typeof setInterval> | undefined;

function tell(message: FromHost): void {
  postMessage(message);
}

function say(message: ToWebview): void {
  tell({ type: 'say', message });
}

function clock(): number {
  return performance.now() - origin;
}

self.addEventListener('message', (event: MessageEvent<ToHost>) => {
  const message = event.data;
  if (message.type === 'begin') begin(message.exchanges, message.capacity);
  else if (message.type === 'live') goOn(message.rate);
  else answer();
});

function begin(exchanges: number, most: number): void {
  capacity = most;
  store = new TraceStore(capacity);
  for (let left = exchanges; left > 0; left -= atATime) {
    load.add(Math.min(left, atATime));
    store.append(load.batch(load.time));
  }
  store.append(load.batch(load.time + 1000));
  origin = performance.now() - store.now;
  tell({ type: 'written' });
}

function answer(): void {
  tell({ type: 'answering' });
  say({ type: 'state', state: state() });
  number = 0;
  const handover = new Handover(store);
  const batch = { ...handover.batch, now: clock() };
  say({ type: 'snapshot', number, batch, capacity, parts: handover.parts });
  for (let index = 0; index < handover.parts; index++) say({ type: 'part', index, part: handover.part(index) });
}

function goOn(rate: number): void {
  clearInterval(timer);
  if (rate === 0) return;
  let last = performance.now();
  timer = setInterval(() => {
    const now = performance.now();
    const due = Math.round(((now - last) * rate) / 1000);
    last = now;
    load.skipTo(clock() - 20);
    load.add(due);
    const batch = load.batch(clock());
    store.append(batch);
    say({ type: 'batch', number: ++number, batch });
  }, 16);
}

function state(): ServerState {
  return {
    status: 'running',
    restricted: false,
    app: 'shop.py:app',
    address: '127.0.0.1:8888',
    url: 'http://127.0.0.1:8888/',
    concurrency: 'threads × 4',
    slots: 4,
    clockError: 0.004,
    clockOriginUnixMs: 0,
  };
}

const atATime = 10_000;
