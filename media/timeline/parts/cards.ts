import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { OwnError } from '../model/ownError';
import './helpCard';
import './legendCard';
import './ownErrorCard';

type CardName = 'help' | 'legend' | 'ownError';

/** Which of the cards that lie over the page are open: the keys, the legend, and what the tool knows of its own error. */
export class Cards {
  readonly #page: ReactiveControllerHost;
  readonly #leave: () => void;
  readonly #open = new Set<CardName>();

  /** @param leave takes the keyboard back to the picture when a card is closed */
  constructor(page: ReactiveControllerHost, leave: () => void) {
    this.#page = page;
    this.#leave = leave;
  }

  isOpen(card: CardName): boolean {
    return this.#open.has(card);
  }

  open(card: CardName): void {
    this.#open.add(card);
    this.#page.requestUpdate();
  }

  toggle(card: CardName): void {
    if (this.isOpen(card)) this.#close(card);
    else this.open(card);
  }

  render(errors: readonly OwnError[]): TemplateResult {
    const doubts = html`<lifeline-own-error-card
      .errors=${errors}
      @close=${() => this.#close('ownError')}
    ></lifeline-own-error-card>`;
    const keys = html`<lifeline-help @close=${() => this.#close('help')}></lifeline-help>`;
    const legend = html`<lifeline-legend-card @close=${() => this.#close('legend')}></lifeline-legend-card>`;
    return html`${this.isOpen('ownError') ? doubts : nothing} ${this.isOpen('legend') ? legend : nothing}
    ${this.isOpen('help') ? keys : nothing}`;
  }

  #close(card: CardName): void {
    this.#open.delete(card);
    this.#page.requestUpdate();
    this.#leave();
  }
}
