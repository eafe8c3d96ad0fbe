import '@vscode-elements/elements/dist/vscode-icon/index.js';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { baseStyles, toolStyles } from './styles';

/** One line of a menu. */
export interface MenuEntry {
  readonly label: string;
  /** In dim letters beside it. */
  readonly hint?: string;
  /** The key that does the same. */
  readonly key?: string;
  /** A line stands before it. */
  readonly apart?: boolean;
  /** It is on; undefined where it is nothing that can be on. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
  readonly choose: () => void;
}

/**
 * A button and the menu that it opens, by the keys of the ARIA menu button pattern. The menu is a popover: it lies over
 * everything, however small its place is, and goes where one clicks elsewhere. Event: `closed`, by a key or a choice.
 */
@customElement('lifeline-menu')
export class MenuButton extends LitElement {
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
      [role^='menuitem'] {
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
      [role^='menuitem']:focus {
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
      :host([bare]) .tool {
        display: none;
      }
      .item {
        display: flex;
        align-items: baseline;
        gap: 20px;
      }
      .item > :first-child {
        flex: 1;
        white-space: nowrap;
      }
      .hint {
        max-width: 40ch;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        color: var(--vscode-descriptionForeground);
        font-size: 12px;
      }
      :focus > .hint {
        color: inherit;
      }
      .check {
        display: inline-block;
        width: 16px;
      }
      [aria-disabled='true'] {
        opacity: 0.45;
        cursor: default;
      }
    `,
  ];

  /** What a screen reader calls it. */
  @property() label = '';
  @property() hint = '';
  @property() icon = 'ellipsis';
  /** Without the arrow: where there is little room. */
  @property({ type: Boolean }) compact = false;
  @property({ attribute: false }) entries: readonly MenuEntry[] = [];

  /** Without a button: others open it, where they are asked for it. */
  @property({ type: Boolean, reflect: true }) bare = false;
  /** Several can be on at once: it stays open while they are set. */
  @property({ type: Boolean }) multiple = false;

  @state() private opened = false;
  @query('.tool') private button!: HTMLButtonElement;
  @query('[role=menu]') private menu!: HTMLElement;
  /** The menu was open when the button was pressed: that closes it before the click comes, which must not open it again. */
  #pressedOpen = false;

  override render(): TemplateResult {
    const checkable = this.entries.some(({ checked }) => checked !== undefined);
    return html`<button
        class="tool"
        aria-haspopup="menu"
        aria-expanded=${this.opened}
        aria-label=${this.label}
        title=${this.hint}
        @pointerdown=${() => (this.#pressedOpen = this.opened)}
        @click=${(event: MouseEvent) => this.#click(event)}
        @keydown=${(event: KeyboardEvent) => this.#onButtonKey(event)}
      >
        <vscode-icon name=${this.icon}></vscode-icon
        >${this.compact ? nothing : html`<vscode-icon name="chevron-down"></vscode-icon>`}
      </button>
      <div
        role="menu"
        aria-label=${this.label}
        popover="auto"
        @toggle=${(event: ToggleEvent) => this.#toggled(event)}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
      >
        ${this.entries.map((entry) => this.#item(entry, checkable))}
      </div>`;
  }

  override focus(): void {
    this.button.focus();
  }

  /** At a point of the window, as far as there is room. */
  openAt(x: number, y: number): void {
    this.menu.showPopover();
    const { offsetWidth, offsetHeight } = this.menu;
    this.menu.style.left = `${Math.max(4, Math.min(x, window.innerWidth - offsetWidth - 4))}px`;
    this.menu.style.top = `${Math.max(4, Math.min(y, window.innerHeight - offsetHeight - 4))}px`;
    this.#items[0]?.focus();
  }

  #item(entry: MenuEntry, checkable: boolean): TemplateResult {
    const { label, hint, key, apart, checked, disabled = false } = entry;
    return html`${apart ? html`<hr />` : nothing}<button
        class="item"
        role=${checked === undefined ? 'menuitem' : this.multiple ? 'menuitemcheckbox' : 'menuitemradio'}
        aria-checked=${checked ?? nothing}
        aria-disabled=${disabled ? 'true' : nothing}
        aria-keyshortcuts=${key ?? nothing}
        tabindex="-1"
        @click=${() => this.#choose(entry)}
        @pointermove=${(event: PointerEvent) => (event.currentTarget as HTMLElement).focus()}
      >
        <span
          >${checkable ? html`<span class="check" aria-hidden="true">${checked ? '✓' : ''}</span>` : nothing}${label}</span
        >${hint === undefined ? nothing : html`<span class="hint">${hint}</span>`}${key === undefined ? nothing : html`<span class="hint" aria-hidden="true">${key}</span>`}
      </button>`;
  }

  get #items(): HTMLElement[] {
    return [...this.menu.querySelectorAll<HTMLElement>('.item')];
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
    if (!this.bare) this.button.focus();
    this.dispatchEvent(new Event('closed'));
  }

  #choose({ choose, disabled }: MenuEntry): void {
    if (disabled) return;
    if (!this.multiple) this.#close();
    choose();
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
