import { ConfigurationTarget, window, workspace, type Disposable, type QuickPickItem } from 'vscode';
import {
  concurrencyModels,
  concurrencyName,
  concurrencySentences,
  type ConcurrencyModel,
} from '../core/trace/concurrency';
import type { LifelineServer } from './server';
import { mostSlots, readServerSettings, section } from './settings';

interface ModelItem extends QuickPickItem {
  /** Not set: the number of slots is to be chosen. */
  readonly model?: ConcurrencyModel;
}

/** How calls of the app are to overlap. */
interface Choice {
  readonly model: ConcurrencyModel;
  readonly slots: number;
}

/**
 * The concurrency model as the settings have it: a change of them, by the command or by hand, reaches a running server
 * at once. Connections stay, and so does the trace.
 */
export class Concurrency implements Disposable {
  readonly #server: LifelineServer;
  readonly #failed: (error: unknown) => void;
  readonly #subscription: Disposable;
  /** Both settings are being written: what lies between is no choice of anybody. */
  #writing = false;

  constructor(server: LifelineServer, failed: (error: unknown) => void) {
    this.#server = server;
    this.#failed = failed;
    this.#subscription = workspace.onDidChangeConfiguration((event) => {
      const affected = ['concurrency', 'slots'].some((name) => event.affectsConfiguration(`${section}.${name}`));
      if (affected && !this.#writing) this.#apply().catch(this.#failed);
    });
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** @param wanted `{model, slots}`, both optional, as a keyboard shortcut may give it; without it, the user picks */
  async choose(wanted: unknown): Promise<void> {
    const { concurrency: model, slots } = readServerSettings();
    const current = { model, slots };
    const choice = choiceIn(wanted, current) ?? (await pick(current));
    if (!choice) return;
    this.#writing = true;
    try {
      await write('concurrency', choice.model, current.model);
      await write('slots', choice.slots, current.slots);
    } finally {
      this.#writing = false;
    }
    await this.#apply();
  }

  #apply(): Promise<void> {
    const { concurrency, slots } = readServerSettings();
    return this.#server.setConcurrency(concurrency, slots);
  }
}

async function pick(current: Choice): Promise<Choice | undefined> {
  const items = concurrencyModels.map((model): ModelItem => ({
    label: `$(${icons[model]}) ${concurrencyName(model, current.slots)}`,
    description: model === current.model ? 'current' : '',
    detail: concurrencySentences[model],
    model,
  }));
  const number: ModelItem = {
    label: '$(edit) Number of Slots…',
    description: String(current.slots),
    detail: 'Most calls of the app at a time: so many threads, or so many processes.',
  };
  const picked = await window.showQuickPick([...items, number], {
    title: 'Concurrency Model',
    placeHolder: 'How is the app to serve more than one request at a time?',
    matchOnDetail: true,
  });
  if (!picked) return undefined;
  if (picked.model) return { ...current, model: picked.model };
  const slots = await askSlots(current.slots);
  return slots === undefined ? undefined : { ...current, slots };
}

/** @returns undefined where the user has left it */
export async function askSlots(current: number): Promise<number | undefined> {
  const text = await window.showInputBox({
    title: 'Number of Slots',
    prompt: `Most calls of the app at a time, from 1 to ${mostSlots}.`,
    value: String(current),
    validateInput: (each) => (slotsIn(each) === undefined ? `Type a whole number from 1 to ${mostSlots}.` : undefined),
  });
  return text === undefined ? undefined : slotsIn(text);
}

export const icons: Readonly<Record<ConcurrencyModel, string>> = {
  iterative: 'list-ordered',
  threads: 'list-flat',
  processes: 'server-process',
};

function slotsIn(text: string): number | undefined {
  const slots = /^\s*\d{1,3}\s*$/.test(text) ? Number(text) : NaN;
  return slots >= 1 && slots <= mostSlots ? slots : undefined;
}

function choiceIn(wanted: unknown, current: Choice): Choice | undefined {
  if (typeof wanted !== 'object' || wanted === null) return undefined;
  const given = wanted as { readonly model?: unknown; readonly slots?: unknown };
  const model = concurrencyModels.find((each) => each === given.model);
  const slots = slotsIn(String(given.slots));
  return model || slots ? { model: model ?? current.model, slots: slots ?? current.slots } : undefined;
}

/** Into the workspace's settings; without a workspace, into the user's. */
async function write(name: string, value: string | number, current: string | number): Promise<void> {
  if (value === current) return;
  const target = workspace.workspaceFolders?.length ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  await workspace.getConfiguration(section).update(name, value, target);
}
