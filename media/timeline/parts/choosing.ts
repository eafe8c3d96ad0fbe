import '@vscode-elements/elements/dist/vscode-icon/index.js';
import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { counted } from '../format';
import { changedChoice, meantBy, nothingChosen, type Choice, type ChoiceChange } from '../model/choice';
import type { Trace } from '../model/trace';
import type { Selection } from '../selection';

/** Which requests are chosen on the page. The host is told, so that commands elsewhere can mean them. */
export class Choosing implements ReactiveController {
  readonly #page: ReactiveControllerHost;
  readonly #tell: (exchanges: readonly number[]) => void;
  #choice: Choice = nothingChosen;
  #told = '';
  /** What was looked at for that. */
  #seen:
    | {
        readonly trace: Trace;
        readonly selection: Selection;
        readonly choice: Choice;
        readonly rows: number;
        readonly hidden: number;
      }
    | undefined;
  #toldAt = -Infinity;
  #timer: number | undefined;

  /** @param tell is called with what is meant, when that has changed */
  constructor(page: ReactiveControllerHost, tell: (exchanges: readonly number[]) => void) {
    this.#page = page;
    this.#tell = tell;
    page.addController(this);
  }

  get choice(): Choice {
    return this.#choice;
  }

  /** What there is to do comes with what was done. */
  hostConnected(): void {
    this.#told = '';
    this.#seen = undefined;
  }

  hostDisconnected(): void {
    window.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  change(change: ChoiceChange, trace: Trace, selection: Selection): void {
    if (change.kind === 'none' && this.#choice.size === 0) return;
    this.#choice = changedChoice(this.#choice, change, trace, selection);
    this.#page.requestUpdate();
  }

  clear(): void {
    this.#choice = nothingChosen;
    this.#page.requestUpdate();
  }

  /** The exchanges that a command would take. */
  meant(trace: Trace, selection: Selection): number[] {
    return meantBy(trace, this.#choice, selection);
  }

  /** To be called when anything may have changed. */
  tell(trace: Trace, selection: Selection): void {
    const rows = selection.kind === 'connection' ? trace.lanes.exchangesOf(selection.id).length : 0;
    const hidden = trace.matches.hiding ? trace.matches.version : 0;
    const same =
      trace === this.#seen?.trace && selection === this.#seen.selection && this.#choice === this.#seen.choice;
    if (same && rows === this.#seen?.rows && hidden === this.#seen.hidden) return;
    // What is meant has only grown, perhaps with every batch, and may be much.
    if (same && performance.now() < this.#toldAt + pauseMs) {
      this.#timer ??= window.setTimeout(() => {
        this.#timer = undefined;
        this.#page.requestUpdate();
      }, pauseMs);
      return;
    }
    window.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#seen = { trace, selection, choice: this.#choice, rows, hidden };
    this.#toldAt = performance.now();
    const meant = this.meant(trace, selection);
    const told = meant.join(' ');
    if (told === this.#told) return;
    this.#told = told;
    this.#tell(meant);
  }

  /** What can be done with the chosen requests. @param more chips of others */
  chips(runAgain: () => void, more: TemplateResult | typeof nothing): TemplateResult | typeof nothing {
    const { size } = this.choice;
    if (size === 0) return nothing;
    return html`<button class="tool chip" @click=${runAgain}>Run ${counted(size, 'request')} again…</button>
      ${more}
      <button class="tool chip" aria-label="Choose none" title="Choose none" @click=${() => this.clear()}>
        <vscode-icon name="close"></vscode-icon>
      </button>`;
  }
}

const pauseMs = 500;
