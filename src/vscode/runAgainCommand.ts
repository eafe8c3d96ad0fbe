import { ProgressLocation, window, workspace, type Disposable } from 'vscode';
import { comparedRun, type Comparison } from '../core/trace/comparison';
import { concurrencyModels, concurrencyName, type ConcurrencyModel } from '../core/trace/concurrency';
import type { TraceStore } from '../core/trace/traceStore';
import {
  planReplay,
  reasonsToLeaveOut,
  reasonToLeaveOut,
  sourceOf,
  type ReplayPlan,
  type ReplaySource,
} from '../replay/plan';
import { runAgain, type RanAgain, type RunAgain } from '../replay/runAgain';
import type { Launcher } from './launcher';
import type { Log } from './log';
import { askModel, askRequests, confirmSending, mostRequests, requests, type ModelChoice } from './runAgainQuestions';
import type { LifelineServer, StartOptions } from './server';
import { mostSlots } from './settings';

/** Where the bundles of the two threads stand. */
export interface ThreadFiles {
  readonly serverThread: string;
  readonly replayThread: string;
}

/** What a caller of the command may settle beforehand; the rest is asked. */
interface Settled {
  readonly exchanges?: readonly number[];
  readonly model?: ConcurrencyModel;
  readonly slots?: number;
}

/**
 * Sends requests of the trace again, to a server of their own under another concurrency model, and shows both runs
 * beside each other. The user's own server is asked for what it has kept of them, and no more.
 */
export class RunAgainCommand implements Disposable {
  readonly #server: LifelineServer;
  readonly #launcher: Launcher;
  readonly #log: Log;
  readonly #files: ThreadFiles;
  readonly #show: (comparison: Comparison) => void;
  readonly #chosen: () => readonly number[];
  /** Ends what runs when the editor closes. */
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<unknown>>();

  /** @param chosen what is selected in the timeline */
  constructor(
    server: LifelineServer,
    launcher: Launcher,
    log: Log,
    files: ThreadFiles,
    chosen: () => readonly number[],
    show: (comparison: Comparison) => void,
  ) {
    this.#server = server;
    this.#launcher = launcher;
    this.#log = log;
    this.#files = files;
    this.#chosen = chosen;
    this.#show = show;
  }

  /** @param argument what is settled, from a key binding say: it is checked */
  async run(argument: unknown): Promise<void> {
    if (!workspace.isTrusted) {
      this.#launcher.sayRestricted();
      return;
    }
    const settled = settledBy(argument);
    const { trace } = this.#server;
    if (trace.exchanges.length === 0) {
      void window.showInformationMessage('There is no request yet that could be sent again.');
      return;
    }
    const ids = settled.exchanges ?? (await askRequests(trace, this.#chosen()));
    if (!ids) return;
    if (ids.length > mostRequests) {
      void window.showErrorMessage(`Choose at most ${mostRequests} requests: these are ${ids.length}.`);
      return;
    }
    const sources = await this.#sources(ids);
    const plan = planReplay(sources);
    const remarks = remarksOn(trace, plan, sources, ids.length);
    const planned = plan.clients.flatMap((client) => client.requests);
    if (planned.length === 0) {
      void window.showErrorMessage(`Nothing can be sent again. ${remarks.join(' ')}`);
      return;
    }
    const before = this.#modelAt(plan.zero);
    const choice = choiceOf(settled, before) ?? (await askModel(before));
    const methods = planned.map(({ method }) => method);
    if (!choice || !(await confirmSending(methods, plan.span / 1000))) return;
    const options = this.#server.options ?? (await this.#launcher.options());
    if (!options) return;
    const ran = await this.#send(plan, choice, options, planned.length);
    if (!ran) return;
    const exchanges = planned.map(({ exchange }) => exchange).sort((a, b) => a - b);
    this.#show({
      runs: [
        comparedRun({ ...before, trace, exchanges, zero: plan.zero }),
        comparedRun({
          ...choice,
          trace: ran.trace,
          exchanges: exchanges.map((id) => ran.exchanges.get(id)),
          zero: firstAccept(ran),
        }),
      ],
      requests: exchanges.length,
      remarks,
    });
  }

  /** Nothing may outlive the editor. */
  async end(): Promise<void> {
    this.dispose();
    await Promise.allSettled(this.#running);
  }

  dispose(): void {
    this.#closing.abort(new Error('The editor is closing.'));
  }

  async #sources(ids: readonly number[]): Promise<ReplaySource[]> {
    const sources = await Promise.all(
      ids.map(async (id) => sourceOf(this.#server.trace, id, await this.#server.detail(id))),
    );
    return sources.flatMap((source) => source ?? []);
  }

  /** What runs is ended by the user, or by the editor that closes. */
  async #send(
    plan: ReplayPlan,
    choice: ModelChoice,
    options: StartOptions,
    count: number,
  ): Promise<RanAgain | undefined> {
    const name = concurrencyName(choice.model, choice.slots);
    const title = `Sending ${requests(count)} again under ${name}`;
    const running = window.withProgress(
      { location: ProgressLocation.Notification, title, cancellable: true },
      async (progress, token) => {
        const cancelled = new AbortController();
        token.onCancellationRequested(() => cancelled.abort(new Error('Cancelled.')));
        progress.report({ message: 'starting a server for them…' });
        const run: RunAgain = {
          ...this.#files,
          server: serverOf(options, choice),
          over: (over) => progress.report({ message: `${over} answered`, increment: 100 / count }),
          log: (line) => this.#log.line({ ...line, text: `run again: ${line.text}` }),
        };
        const signal = AbortSignal.any([cancelled.signal, this.#closing.signal]);
        try {
          return await runAgain(plan, run, signal);
        } catch (error) {
          if (!signal.aborted) this.#failed(error);
          return undefined;
        }
      },
    );
    const over = Promise.resolve(running).finally(() => this.#running.delete(over));
    this.#running.add(over);
    return over;
  }

  #failed(error: unknown): void {
    this.#log.failure(error);
    const message = error instanceof Error ? error.message : String(error);
    const show = 'Show Log';
    void window.showErrorMessage(`The requests could not be sent again: ${message}`, show).then((answer) => {
      if (answer === show) this.#log.show();
    });
  }

  #modelAt(at: number): ModelChoice {
    const { model = 'threads', slots = 1 } = this.#server.trace.modelAt(at) ?? {};
    return { model, slots };
  }
}

/** What the user has to know beside the two runs. */
function remarksOn(trace: TraceStore, plan: ReplayPlan, sources: readonly ReplaySource[], wanted: number): string[] {
  const counts = new Map<keyof typeof reasonsToLeaveOut, number>();
  if (wanted > sources.length) counts.set('forgotten', wanted - sources.length);
  for (const source of sources) {
    const reason = reasonToLeaveOut(source);
    if (reason) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const remarks = [...counts].map(([reason, count]) => `Left out: ${requests(count)} ${reasonsToLeaveOut[reason]}.`);
  const end = plan.zero + plan.span;
  const changed = trace.models.some(({ at }) => at > plan.zero && at <= end);
  return changed ? [...remarks, 'The model was changed while they ran: the name is that of the first.'] : remarks;
}

/** The app, its settings and its interpreter are those of the first server. */
function serverOf(options: StartOptions, { model, slots }: ModelChoice): RunAgain['server'] {
  const { app, backlog, env, limits, python, scriptName = '' } = options;
  return { app, backlog, env, limits, python, scriptName, concurrency: model, slots };
}

/** Of the requests that were sent again: others may have come before. */
function firstAccept({ trace, exchanges }: RanAgain): number {
  const accepts = [...exchanges.values()].map((id) => {
    const connection = trace.exchange(id)?.connection ?? 0;
    return trace.connection(connection)?.accepted ?? Infinity;
  });
  return Math.min(...accepts);
}

function choiceOf({ model, slots }: Settled, before: ModelChoice): ModelChoice | undefined {
  return model && { model, slots: model === 'iterative' ? 1 : (slots ?? before.slots) };
}

/** An argument is typed by hand: what is none of these counts as not given. */
function settledBy(argument: unknown): Settled {
  if (typeof argument !== 'object' || argument === null) return {};
  const { exchanges, model, slots }: Partial<Record<keyof Settled, unknown>> = argument;
  const known = concurrencyModels.find((each) => each === model);
  const count =
    typeof slots === 'number' && Number.isInteger(slots) && slots >= 1 && slots <= mostSlots ? slots : undefined;
  return {
    ...(Array.isArray(exchanges) &&
      exchanges.length > 0 && { exchanges: exchanges.filter((id) => typeof id === 'number') }),
    ...(known && { model: known }),
    ...(count !== undefined && { slots: count }),
  };
}
