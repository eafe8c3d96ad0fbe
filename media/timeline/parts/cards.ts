import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { OwnError } from '../model/ownError';
import './helpCard';
import './legendCard';
import './ownErrorCard';

/** Which of the cards that lie over the page are open: the keys, the legend, and what the tool knows of its own error. */
export class Cards {
  readonly #page: ReactiveControllerHost;
  readonly #leave: () => void;
  #helping = false;
  #doubting = false;
  #explaining = false;

  /** @param leave takes the keyboard back to the picture when a card is closed */
  constructor(page: ReactiveControllerHost, leave: () => void) {
    this.#page = page;
    this.#leave = leave;
  }

  get helping(): boolean {
    return this.#helping;
  }

  get doubting(): boolean {
    return this.#doubting;
  }

  help(show: boolean): void {
    this.#helping = show;
    this.#changed(show);
  }

  doubt(show: boolean): void {
    this.#doubting = show;
    this.#changed(show);
  }

  get explaining(): boolean {
    return this.#explaining;
  }

  explain(show: boolean): void {
    this.#explaining = show;
    this.#changed(show);
  }

  render(errors: readonly OwnError[]): TemplateResult {
    const doubts = html`<lifeline-own-error-card
      .errors=${errors}
      @close=${() => this.doubt(false)}
    ></lifeline-own-error-card>`;
    const keys = html`<lifeline-help @close=${() => this.help(false)}></lifeline-help>`;
    const legend = html`<lifeline-legend-card @close=${() => this.explain(false)}></lifeline-legend-card>`;
    return html`${this.#doubting ? doubts : nothing} ${this.#explaining ? legend : nothing}
    ${this.#helping ? keys : nothing}`;
  }

  #changed(show: boolean): void {
    this.#page.requestUpdate();
    if (!show) this.#leave();
  }
}
