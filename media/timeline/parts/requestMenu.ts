import '@vscode-elements/elements/dist/vscode-icon/index.js';
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { copyForms, type CopyForm } from '../../../src/core/trace/copyAs';
import type { ExchangePart } from '../../../src/core/trace/messages';
import { baseStyles, toolStyles } from './styles';

/** What can be asked of one request. */
export type RequestAction =
  | { readonly kind: 'copyAs'; readonly form: CopyForm }
  | { readonly kind: 'copyRow' }
  | { readonly kind: 'open'; readonly part: ExchangePart }
  | { readonly kind: 'saveBody' };

interface MenuItem {
  readonly label: string;
  readonly action: RequestAction;
  /** A line stands before it. */
  readonly apart?: boolean;
}

const items: readonly MenuItem[] = [
  ...(Object.keys(copyForms) as CopyForm[]).map((form) => ({
    label: `Copy as ${copyForms[form]}`,
    action: { kind: 'copyAs', form } as const,
  })),
  { label: 'Copy Row', action: { kind: 'copyRow' } },
  { label: 'Open Request Head in Editor', action: { kind: 'open', part: 'requestHead' }, apart: true },
  { label: 'Open Request Body in Editor', action: { kind: 'open', part: 'requestBody' } },
  { label: 'Open Response Head in Editor', action: { kind: 'open', part: 'responseHead' } },
  { label: 'Save Request Body…', action: { kind: 'saveBody' } },
];

/**
 * A button and the menu that it opens, by the keys of the ARIA menu button pattern. The menu is a popover: it lies over
 * everything, however small the inspector is, and goes where one clicks elsewhere. Event: `choose` with a `RequestAction`.
 */
@customElement('lifeline-request-menu')
export class RequestMenu extends LitElement {
  static override styles = [
    baseStyles,
    toolStyles,
    css`
      [role='menu'] {
        position: fixed;
        inset: auto;
        margin: 0;
        padding: 4px;
        min-width: 220px;
        max-width: calc(100vw - 8px);
        max-height: calc(100vh - 8px);
        overflow: auto;
        border: 1px solid
          var(--vscode-menu-border, var(--vscode-editorHoverWidget-border, var(--vscode-contrastBorder)));
        border-radius: 5px;
        background: var(--vscode-menu-background, var(--vscode-editorHoverWidget-background));
        color: var(--vscode-menu-foreground, var(--vscode-foreground));
        box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
      }
      [role='menuitem'] {
        display: block;
        width: 100%;
        padding: 3px 12px;
        border: 1px solid transparent;
        border-radius: 3px;
        background: transparent;
        color: inherit;
        font: inherit;
        text-align: left;
        cursor: pointer;
      }
      [role='menuitem']:focus {
        outline: 1px solid var(--vscode-menu-selectionBorder, var(--vscode-focusBorder));
        outline-offset: -1px;
        background: var(--vscode-menu-selectionBackground, var(--vscode-list-activeSelectionBackground));
        color: var(--vscode-menu-selectionForeground, inherit);
      }
      hr {
        margin: 4px 0;
        border: 0;
        border-top: 1px solid var(--vscode-menu-separatorBackground, var(--vscode-panel-border));
      }
    `,
  ];

  @state() private opened = false;
  @query('.tool') private button!: HTMLButtonElement;
  @query('[role=menu]') private menu!: HTMLElement;
  /** The menu was open when the button was pressed: that closes it before the click comes, which must not open it again. */
  #pressedOpen = false;

  override render(): TemplateResult {
    return html`<button
        class="tool"
        aria-haspopup="menu"
        aria-expanded=${this.opened}
        aria-label="Copy or Open"
        title="Copy this request, or open it in an editor"
        @pointerdown=${() => (this.#pressedOpen = this.opened)}
        @click=${(event: MouseEvent) => this.#click(event)}
        @keydown=${(event: KeyboardEvent) => this.#onButtonKey(event)}
      >
        <vscode-icon name="copy"></vscode-icon><vscode-icon name="chevron-down"></vscode-icon>
      </button>
      <div
        role="menu"
        aria-label="Copy or Open"
        popover="auto"
        @toggle=${(event: ToggleEvent) => this.#toggled(event)}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
      >
        ${items.map(
          ({ label, action, apart }) =>
            html`${apart ? html`<hr />` : ''}<button
                role="menuitem"
                tabindex="-1"
                @click=${() => this.#choose(action)}
                @pointermove=${(event: PointerEvent) => (event.currentTarget as HTMLElement).focus()}
              >
                ${label}
              </button>`,
        )}
      </div>`;
  }

  get #items(): HTMLElement[] {
    return [...this.menu.querySelectorAll<HTMLElement>('[role=menuitem]')];
  }

  #click(event: MouseEvent): void {
    const byPointer = event.detail > 0;
    if (!byPointer || !this.#pressedOpen) this.#open(0);
    this.#pressedOpen = false;
  }

  /** @param index of the item that gets the focus; from the end where it is negative */
  #open(index: number): void {
    this.menu.showPopover();
    const { right, bottom } = this.button.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = this.menu;
    this.menu.style.left = `${Math.max(4, right - offsetWidth)}px`;
    this.menu.style.top = `${Math.max(4, Math.min(bottom + 2, window.innerHeight - offsetHeight - 4))}px`;
    this.#items.at(index)?.focus();
  }

  #toggled(event: ToggleEvent): void {
    this.opened = event.newState === 'open';
  }

  #close(): void {
    this.menu.hidePopover();
    this.button.focus();
  }

  #choose(action: RequestAction): void {
    this.#close();
    this.dispatchEvent(new CustomEvent<RequestAction>('choose', { detail: action }));
  }

  #onButtonKey(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    this.#open(event.key === 'ArrowDown' ? 0 : -1);
  }

  #onKey(event: KeyboardEvent): void {
    const all = this.#items;
    const at = all.findIndex((item) => item.matches(':focus'));
    const move = (to: number): void => all.at(to % all.length)?.focus();
    if (event.key === 'ArrowDown') move(at + 1);
    else if (event.key === 'ArrowUp') move(at - 1);
    else if (event.key === 'Home') move(0);
    else if (event.key === 'End') move(-1);
    else if (event.key === 'Escape' || event.key === 'Tab') this.#close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
