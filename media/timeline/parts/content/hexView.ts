import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { hexLines, type HexLine } from '../../model/content/hexLines';
import { baseStyles } from '../styles';

/** Narrower than this, a line has half as many bytes. */
const wideFrom = 590;
/** Lines that are laid out together, and only where they are in sight. */
const linesInBlock = 32;

/** Bytes as numbers and text, side by side. */
@customElement('lifeline-hex')
export class HexView extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        overflow-x: auto;
      }
      pre {
        margin: 0;
        line-height: 18px;
        user-select: text;
        content-visibility: auto;
        contain-intrinsic-size: auto 576px;
      }
      span {
        color: var(--vscode-descriptionForeground);
      }
    `,
  ];

  @property({ attribute: false }) bytes = new Uint8Array(0);
  @state() private wide = true;
  #resized: ResizeObserver | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized = new ResizeObserver(() => (this.wide = this.clientWidth >= wideFrom));
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized?.disconnect();
  }

  override render(): TemplateResult {
    const lines = hexLines(this.bytes, this.wide ? 16 : 8);
    const blocks = Array.from({ length: Math.ceil(lines.length / linesInBlock) }, (_, index) =>
      lines.slice(index * linesInBlock, (index + 1) * linesInBlock),
    );
    return html`${blocks.map((block) => html`<pre class="mono">${block.map(lineOf)}</pre>`)}`;
  }
}

function lineOf({ offset, numbers, text }: HexLine): TemplateResult {
  return html`<span>${offset}</span>${`  ${numbers} `}<span>│</span>${`${text}\n`}`;
}
