import { window, type QuickPickItem } from 'vscode';
import { concurrencyModels, concurrencySentences, type ConcurrencyModel } from '../core/trace/concurrency';
import type { TraceStore } from '../core/trace/traceStore';
import { askSlots, icons } from './concurrency';

/** More than this would take the picture's reader, and the clients' thread, too far. */
export const mostRequests = 2000;

/** How the app is to be called this time. */
export interface ModelChoice {
  readonly model: ConcurrencyModel;
  readonly slots: number;
}

/**
 * Asks which requests are meant, where nobody pointed at some.
 *
 * @param chosen what is selected in the timeline
 */
export async function askRequests(
  trace: TraceStore,
  chosen: readonly number[],
): Promise<readonly number[] | undefined> {
  const all = idsOf(trace, mostRequests);
  const items: (QuickPickItem & { readonly ids: readonly number[] })[] = [];
  if (chosen.length > 0)
    items.push({ label: `What is selected in the timeline: ${requests(chosen.length)}`, ids: chosen });
  if (all.length > 10) items.push({ label: 'The last 10 requests', ids: all.slice(-10) });
  if (all.length > 1) {
    const label =
      trace.exchanges.length > all.length ? `The last ${all.length} requests` : `All ${all.length} requests`;
    items.push({ label, ids: all });
  }
  items.push({ label: 'The last request', description: nameOf(trace, all.at(-1) ?? 0), ids: all.slice(-1) });
  if (items.length === 1) return items[0]?.ids;
  const picked = await window.showQuickPick(items, {
    title: 'Run Again Under Another Model',
    placeHolder: 'Which requests should be sent again?',
  });
  return picked?.ids;
}

export async function askModel(current: ModelChoice): Promise<ModelChoice | undefined> {
  const items = concurrencyModels.map((model) => ({
    label: `$(${icons[model]}) ${model}`,
    description: model === current.model ? 'as they ran' : '',
    detail: concurrencySentences[model],
    model,
  }));
  // First stands what differs: that is what the command is for.
  items.sort((a, b) => Number(a.model === current.model) - Number(b.model === current.model));
  const picked = await window.showQuickPick(items, {
    title: 'Run Again Under Another Model',
    placeHolder: 'How should the app be called this time?',
  });
  if (!picked) return undefined;
  if (picked.model === 'iterative') return { model: picked.model, slots: 1 };
  const slots = await askSlots(current.model === 'iterative' ? usualSlots : current.slots);
  return slots === undefined ? undefined : { model: picked.model, slots };
}

/**
 * Lets the user think twice about what may change something, or takes long.
 *
 * @param methods of the requests to be sent
 * @param seconds how long the sending takes
 */
export async function confirmSending(methods: readonly string[], seconds: number): Promise<boolean> {
  const unsafe = methods.filter((method) => !safeMethods.has(method));
  const long = seconds > longSeconds;
  if (unsafe.length === 0 && !long) return true;
  const counts = [...new Set(unsafe)].map((method) => {
    const count = unsafe.filter((each) => each === method).length;
    return count === 1 ? method : `${method} × ${count}`;
  });
  const sentences = [
    ...(unsafe.length > 0
      ? [`The app runs again for ${requests(unsafe.length)} that may change something: ${counts.join(', ')}.`]
      : []),
    ...(long ? [`They came over ${Math.round(seconds)} seconds, and take as long again.`] : []),
  ];
  const run = 'Run Again';
  const question = unsafe.length > 0 ? 'Send requests again that may change something?' : 'Send these requests again?';
  return (await window.showWarningMessage(question, { modal: true, detail: sentences.join(' ') }, run)) === run;
}

/** "1 request", "3 requests" */
export function requests(count: number): string {
  return `${count} ${count === 1 ? 'request' : 'requests'}`;
}

/** "GET /slow?seconds=1" */
function nameOf(trace: TraceStore, id: number): string {
  const { method = 0, target = 0 } = trace.exchange(id) ?? {};
  return `${trace.text(method)} ${trace.text(target)}`.trim();
}

/** The newest ids that the trace knows, in order. */
function idsOf({ exchanges }: TraceStore, most: number): number[] {
  const ids: number[] = [];
  for (let id = exchanges.last; id >= exchanges.first && ids.length < most; id--) {
    if (exchanges.rowOf(id) >= 0) ids.push(id);
  }
  return ids.reverse();
}

/** RFC 9110, 9.2.1: their sender asks for no change. */
export const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);
const longSeconds = 60;
const usualSlots = 4;
