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
    const meant = this.meant(trace, selection);
    const told = meant.join(' ');
    if (told === this.#told) return;
    this.#told = told;
    this.#tell(meant);
  }

  /** What can be done with the chosen requests. */
  chips(runAgain: () => void): TemplateResult | typeof nothing {
    const { size } = this.choice;
    if (size === 0) return nothing;
    return html`<button class="tool chip" @click=${runAgain}>Run ${counted(size, 'request')} again…</button>
      <button class="tool chip" aria-label="Choose none" title="Choose none" @click=${() => this.clear()}>
        <vscode-icon name="close"></vscode-icon>
      </button>`;
  }
}
