import type { FromWebview, ToWebview } from '../../../src/core/trace/messages';
import type { FromHost, ToHost } from './host';

/**
 * The page's side of the benchmark: hands on what host and timeline say to each other, as VS Code does, and moves the
 * picture with the events that a mouse would send, one a frame.
 */
export type Motion = 'stand' | 'pan' | 'zoom' | 'type';

export interface BenchWindow {
  /** Resolves with how long it took from the host's answer until rows were on show, and until all were, in ms. */
  loaded(exchanges: number): Promise<{ readonly first: number; readonly all: number }>;
  live(rate: number): void;
  /** Moves for so long. @returns ms from each frame to the next */
  move(motion: Motion, seconds: number): Promise<number[]>;
}

const query = new URLSearchParams(location.search);
const host = new Worker('/host.js');
const tellHost = (message: ToHost): void => host.postMessage(message);
let written = false;
let waiting = false;
let answered = NaN;

host.addEventListener('message', (event: MessageEvent<FromHost>) => {
  const { data } = event;
  if (data.type === 'say') window.postMessage(data.message, '*', buffersOf(data.message));
  else if (data.type === 'answering') answered = performance.now();
  else {
    written = true;
    if (waiting) tellHost({ type: 'ready' });
  }
});
tellHost({ type: 'begin', exchanges: Number(query.get('exchanges')), capacity: Number(query.get('capacity')) });

/** They travel to the page without being copied once more, as they do from the frame around a webview. */
function buffersOf(message: ToWebview): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  const look = (value: unknown): void => {
    if (ArrayBuffer.isView(value)) {
      if (value.buffer instanceof ArrayBuffer) buffers.add(value.buffer);
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) Object.values(value).forEach(look);
  };
  look(message);
  return [...buffers];
}

let saved: unknown = JSON.parse(query.get('saved') ?? 'null');
Object.assign(window, {
  acquireVsCodeApi: () => ({
    postMessage: (message: FromWebview) => {
      if (message.type !== 'ready') return;
      waiting = true;
      if (written) tellHost({ type: 'ready' });
    },
    getState: (): unknown => saved,
    setState: (next: unknown) => (saved = next),
  }),
});

/** Looks through the shadow roots. */
function find(selector: string, root: ParentNode = document): HTMLElement | undefined {
  const found = root.querySelector<HTMLElement>(selector);
  if (found) return found;
  for (const element of root.querySelectorAll('*')) {
    const inner = element.shadowRoot && find(selector, element.shadowRoot);
    if (inner) return inner;
  }
  return undefined;
}

function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

function wheel(view: HTMLElement, init: WheelEventInit): void {
  const { left, top, width, height } = view.getBoundingClientRect();
  const place = { clientX: left + width * 0.6, clientY: top + height * 0.5 };
  view.dispatchEvent(new WheelEvent('wheel', { bubbles: true, cancelable: true, ...place, ...init }));
}

/** As it is typed, letter by letter. */
const filters = ['s', 'st', 'status:5xx', 'status:5xx slower:1ms', '-path:/item/7', ''];

function type(text: string): void {
  const input = find('input[role=combobox]');
  if (!(input instanceof HTMLInputElement) || input.value === text) return;
  input.value = text;
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

function moveOnce(view: HTMLElement, motion: Motion, seconds: number): void {
  if (motion === 'pan') wheel(view, { deltaX: seconds % 1 < 0.5 ? -40 : 40 });
  if (motion === 'type') type(filters[Math.floor(seconds * 2) % filters.length] ?? '');
  if (motion === 'zoom') wheel(view, { ctrlKey: true, deltaY: seconds % 2 < 1 ? -24 : 24 });
}

const bench: BenchWindow = {
  async loaded(exchanges) {
    const canvas = (): number => Number(find('canvas')?.dataset['exchanges'] ?? 0);
    const until = async (holds: () => boolean): Promise<number> => {
      while (!holds()) await nextFrame();
      // The frame that is painted now is seen at the next one.
      return (await nextFrame()) - answered;
    };
    const first = await until(() => canvas() > 0);
    const all = await until(() => canvas() >= exchanges);
    performance.mark('bench loaded');
    return { first, all };
  },
  live: (rate) => tellHost({ type: 'live', rate }),
  async move(motion, seconds) {
    const view = find('.view');
    if (!view) throw new Error('there is no picture');
    const gaps: number[] = [];
    const begin = await nextFrame();
    let last = begin;
    while (last - begin < seconds * 1000) {
      performance.mark('bench frame');
      moveOnce(view, motion, (last - begin) / 1000);
      const now = await nextFrame();
      gaps.push(now - last);
      last = now;
    }
    performance.mark('bench frame');
    return gaps;
  },
};
Object.assign(window, { bench });
