import { LitElement, css, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, queryAll } from 'lit/decorators.js';
import { baseStyles } from './styles';

export interface TabTitle {
  readonly id: string;
  readonly title: string;
}

/**
 * Tabs by the ARIA pattern, with manual activation: arrows, Home and End move, Enter or Space chooses. Where they do not
 * fit beside one another they wrap, so that none is out of sight. What the chosen one shows is slotted and scrolls below them.
 * Event: `choose` with an id.
 */
@customElement('lifeline-tabs')
export class Tabs extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        container-type: inline-size;
        min-height: 0;
      }
      [role='tablist'] {
        flex: none;
        display: flex;
        flex-wrap: wrap;
        padding: 2px 8px 0;
        border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
      }
      [role='tab'] {
        padding: 5px 6px 4px;
        border: 0;
        border-bottom: 1px solid transparent;
        margin-bottom: -1px;
        border-radius: 0;
        background: transparent;
        color: var(--vscode-panelTitle-inactiveForeground, var(--vscode-descriptionForeground));
        font: inherit;
        white-space: nowrap;
        cursor: pointer;
      }
      [role='tab']:hover,
      [aria-selected='true'] {
        color: var(--vscode-panelTitle-activeForeground, var(--vscode-foreground));
      }
      [aria-selected='true'] {
        border-bottom-color: var(--vscode-panelTitle-activeBorder, currentColor);
      }
      [role='tab']:focus-visible,
      [role='tabpanel']:focus-visible {
        outline: 1px solid var(--vscode-focusBorder);
        outline-offset: -2px;
      }
      [role='tabpanel'] {
        flex: 1;
        min-height: 0;
        overflow: auto;
      }
      @media (max-height: 360px) {
        [role='tab'] {
          padding: 2px 4px 1px;
          font-size: 12px;
        }
      }
      @container (max-width: 390px) {
        [role='tab'] {
          padding-inline: 5px;
          font-size: 12px;
        }
      }
    `,
  ];

  @property({ attribute: false }) tabs: readonly TabTitle[] = [];
  @property() chosen = '';
  @queryAll('[role=tab]') private buttons!: NodeListOf<HTMLElement>;
  @query('[role=tabpanel]') private panel!: HTMLElement;

  override render(): TemplateResult {
    return html`<div
        role="tablist"
        aria-label="About the request"
        @keydown=${(event: KeyboardEvent) => this.#move(event)}
      >
        ${this.tabs.map(({ id, title }) => {
          const chosen = id === this.chosen;
          return html`<button
            role="tab"
            id="tab-${id}"
            aria-selected=${chosen}
            aria-controls="panel"
            tabindex=${chosen ? 0 : -1}
            @click=${() => this.dispatchEvent(new CustomEvent<string>('choose', { detail: id }))}
          >
            ${title}
          </button>`;
        })}
      </div>
      <div role="tabpanel" id="panel" aria-labelledby="tab-${this.chosen}" tabindex="0"><slot></slot></div>`;
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('chosen')) this.panel.scrollTop = 0;
  }

  #move(event: KeyboardEvent): void {
    const all = [...this.buttons];
    const at = all.findIndex((each) => each.matches(':focus'));
    const steps: Readonly<Record<string, number>> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: -1 };
    const to = steps[event.key];
    if (to === undefined || at < 0) return;
    all.at(to % all.length)?.focus();
    event.preventDefault();
    event.stopPropagation();
  }
}
