import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { isSecretName } from '../../../../src/core/trace/secretFields';
import { counted } from '../../format';
import { decodedString, type JsonDocument, type JsonNode } from '../../model/content/jsonDocument';
import { JsonTree, type JsonRow } from '../../model/content/jsonTree';
import { baseStyles } from '../styles';
import { markStyles, shownText } from './shownText';

/** Longer texts are cut until one asks for all of one. */
const longest = 400;

/**
 * A JSON document as a tree, by the keys of the ARIA tree pattern; Enter does what is to be done with a row: opens it, shows
 * all of a long text, reveals a secret. Event: `reveal` with the place of a node.
 */
@customElement('lifeline-json')
export class JsonView extends LitElement {
  static override styles = [
    baseStyles,
    markStyles,
    css`
      [role='treeitem'] {
        display: flex;
        align-items: baseline;
        gap: 5px;
        padding: 1px 4px 1px 2px;
        border-radius: 3px;
        line-height: 1.45;
        cursor: default;
        outline-offset: -1px;
      }
      [role='treeitem']:hover {
        background: var(--vscode-list-hoverBackground);
      }
      [role='treeitem']:focus {
        outline: 1px solid var(--vscode-focusBorder);
      }
      .indent {
        flex: none;
        align-self: stretch;
        width: 9px;
        margin-left: 4px;
        border-left: 1px solid var(--vscode-tree-inactiveIndentGuidesStroke, transparent);
      }
      .twisty {
        flex: none;
        align-self: flex-start;
        width: 7px;
        height: 7px;
        margin: 5px 2px 0 1px;
      }
      .twisty.closed,
      .twisty.open {
        border: solid currentColor;
        border-width: 0 1px 1px 0;
        transform: rotate(-45deg) scale(0.8);
      }
      .twisty.open {
        transform: translateY(-2px) rotate(45deg) scale(0.8);
      }
      .name {
        flex: none;
        max-width: 55%;
        overflow-wrap: anywhere;
        color: var(--vscode-debugTokenExpression-name, var(--vscode-symbolIcon-propertyForeground, inherit));
      }
      .value {
        min-width: 0;
        overflow-wrap: anywhere;
        white-space: pre-wrap;
        user-select: text;
        unicode-bidi: plaintext;
      }
      .string {
        color: var(--vscode-debugTokenExpression-string, inherit);
      }
      .number {
        color: var(--vscode-debugTokenExpression-number, inherit);
      }
      .word {
        color: var(--vscode-debugTokenExpression-boolean, inherit);
      }
      .ask {
        color: var(--vscode-textLink-foreground);
        font-family: var(--vscode-font-family);
        font-size: 11px;
        white-space: nowrap;
        cursor: pointer;
      }
    `,
  ];

  @property({ attribute: false }) document: JsonDocument = { nodes: [], cut: false };
  /** Places of the nodes whose secrets are shown. */
  @property({ attribute: false }) revealed: readonly number[] = [];
  /** Places of the long texts that are shown whole. */
  @state() private whole: readonly number[] = [];
  /** The row that has the focus, or would get it. */
  @state() private current = 0;
  #tree = new JsonTree(this.document);
  #rows: readonly JsonRow[] = [];

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('document')) return;
    this.#tree = new JsonTree(this.document);
    this.whole = [];
    this.current = 0;
  }

  override render(): TemplateResult {
    this.#rows = this.#tree.rows();
    const current = Math.min(this.current, this.#rows.length - 1);
    return html`<div
        class="mono"
        role="tree"
        aria-label="JSON"
        @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
        @focusin=${(event: FocusEvent) => (this.current = this.#indexOf(event))}
      >
        ${this.#rows.map((row, index) => this.#row(row, index === current))}
      </div>
      ${this.document.cut ? html`<p class="dim">The document goes on: this is what was kept of it.</p>` : nothing}`;
  }

  #row(row: JsonRow, current: boolean): TemplateResult {
    const click = (): void => this.#enter(row);
    const tabindex = current ? 0 : -1;
    if (row.kind === 'more') {
      const { depth, shown, count } = row;
      return html`<div role="treeitem" aria-level=${depth + 1} tabindex=${tabindex} @click=${click}>
        ${indent(depth)}<span class="twisty"></span>
        <span class="ask"
          >Show more of ${counted(count, 'value')}, ${(count - shown).toLocaleString('en')} are hidden</span
        >
      </div>`;
    }
    const { node, open, position, size, element } = row;
    return html`<div
      role="treeitem"
      aria-level=${node.depth + 1}
      aria-posinset=${position}
      aria-setsize=${size}
      aria-expanded=${open ?? nothing}
      tabindex=${tabindex}
      @click=${click}
    >
      ${indent(node.depth)}<span class="twisty ${open === undefined ? '' : open ? 'open' : 'closed'}"></span>
      ${node.name === undefined ? nothing : html`<span class="name">${shownText(node.name)}:</span>`}
      ${element ? html`<span class="dim">${position - 1}:</span>` : nothing} ${this.#value(row)}
    </div>`;
  }

  #value({ node, index, open }: JsonRow & { kind: 'node' }): TemplateResult {
    switch (node.kind) {
      case 'object':
      case 'array':
        return html`<span class="dim">${open ? braces(node)[0] : this.#summary(node)}</span>`;
      case 'string':
      case 'number':
      case 'word':
        if (this.#isHidden(node, index)) {
          return html`<span aria-label="hidden">••••••</span><span class="ask">reveal</span>`;
        }
        return this.#scalar(node, index);
    }
  }

  /** What is closed, in short. */
  #summary(node: JsonNode): string {
    const [open, close] = braces(node);
    if (node.count === 0) return `${open}${close}`;
    const { nodes, cut } = this.document;
    const more = cut && node.next === nodes.length ? ' and more' : '';
    return `${open}…${close} ${counted(node.count, node.kind === 'object' ? 'member' : 'element')}${more}`;
  }

  #scalar(node: JsonNode, index: number): TemplateResult {
    const text = node.kind === 'string' ? decodedString(node.source) : node.source;
    const cut = text.length > longest && !this.whole.includes(index);
    const shown = shownText(cut ? text.slice(0, longest) : text);
    const quote = node.kind === 'string' ? '"' : '';
    return html`<span class="value ${node.kind}">${quote}${shown}${cut ? '…' : quote}</span>${
        cut ? html`<span class="ask">show all ${counted(text.length, 'character')}</span>` : nothing
      }`;
  }

  #isHidden(node: JsonNode, index: number): boolean {
    return node.name !== undefined && isSecretName(node.name) && !this.revealed.includes(index);
  }

  /** What Enter or a click does with a row. */
  #enter(row: JsonRow): void {
    if (row.kind === 'more') this.#tree.showMore(row.parent);
    else if (row.open !== undefined) this.#setOpen(row.index, !row.open);
    else if (this.#isHidden(row.node, row.index)) {
      this.dispatchEvent(new CustomEvent<number>('reveal', { detail: row.index }));
    } else if (!this.whole.includes(row.index)) this.whole = [...this.whole, row.index];
    this.requestUpdate();
  }

  #setOpen(index: number, open: boolean): void {
    if (open) this.#tree.open(index);
    else this.#tree.close(index);
    this.requestUpdate();
  }

  #onKey(event: KeyboardEvent): void {
    const at = this.#indexOf(event);
    const row = this.#rows[at];
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    switch (event.key) {
      case 'ArrowDown':
        this.#focus(at + 1);
        break;
      case 'ArrowUp':
        this.#focus(at - 1);
        break;
      case 'Home':
        this.#focus(0);
        break;
      case 'End':
        this.#focus(this.#rows.length - 1);
        break;
      case 'ArrowRight':
        if (row.kind === 'node' && row.open === false) this.#setOpen(row.index, true);
        else if (row.kind === 'node' && row.open) this.#focus(at + 1);
        break;
      case 'ArrowLeft':
        if (row.kind === 'node' && row.open) this.#setOpen(row.index, false);
        else this.#focus(this.#parentOf(at));
        break;
      case 'Enter':
      case ' ':
        this.#enter(row);
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #parentOf(at: number): number {
    const depth = depthOf(this.#rows[at]);
    const before = this.#rows.slice(0, at);
    return before.map(depthOf).lastIndexOf(depth - 1);
  }

  #focus(index: number): void {
    if (index < 0 || index >= this.#rows.length) return;
    this.#items[index]?.focus();
  }

  get #items(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[role=treeitem]')];
  }

  #indexOf(event: Event): number {
    return this.#items.findIndex((item) => item === event.target || item.contains(event.target as Node));
  }
}

function depthOf(row: JsonRow | undefined): number {
  return row?.kind === 'more' ? row.depth : (row?.node.depth ?? 0);
}

function braces({ kind }: JsonNode): readonly [string, string] {
  return kind === 'object' ? ['{', '}'] : ['[', ']'];
}

/** A guide for each level; what stands deeper than anybody looks has no more room for its value. */
function indent(depth: number): TemplateResult[] {
  return Array.from({ length: Math.min(depth, deepestIndent) }, () => html`<span class="indent"></span>`);
}

const deepestIndent = 24;
