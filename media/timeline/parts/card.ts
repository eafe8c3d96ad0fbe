import '@vscode-elements/elements/dist/vscode-icon/index.js';
import { LitElement, html, type CSSResultGroup, type TemplateResult } from 'lit';
import { baseStyles, cardStyles, toolStyles } from './styles';

/** A card that lies over the page, with a heading and a button that closes it, as keys do. Event: `close`. */
export abstract class Card extends LitElement {
  static override styles: CSSResultGroup = [baseStyles, toolStyles, cardStyles];

  /** What a screen reader calls it. */
  protected abstract readonly name: string;
  protected abstract readonly heading: string;
  protected readonly closedBy: readonly string[] = ['Escape'];

  protected abstract content(): TemplateResult;

  override render(): TemplateResult {
    return html`
      <section role="dialog" aria-label=${this.name} @keydown=${(event: KeyboardEvent) => this.#onKey(event)}>
        <header>
          <h2>${this.heading}</h2>
          <button class="tool" aria-label="Close" title="Close (Esc)" @click=${() => this.#close()}>
            <vscode-icon name="close"></vscode-icon>
          </button>
        </header>
        ${this.content()}
      </section>
    `;
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector('button')?.focus();
  }

  #onKey(event: KeyboardEvent): void {
    if (this.closedBy.includes(event.key)) this.#close();
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent('close'));
  }
}
