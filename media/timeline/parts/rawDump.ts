import { LitElement, css, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { spanAt, type RawSpan } from '../../../src/core/trace/rawSpans';
import { cellOf, isPart } from '../model/rawWords';
import { rawStyles } from './rawStyles';
import { RowWindow } from './rowWindow';
import { baseStyles } from './styles';

const rowHeight = 18;
/** Bytes in a row, the most that find room; beside them stand their offset and the text. */
const widths = [16, 8, 4] as const;

/**
 * Bytes in hex and as text, side by side. Events: `point` with the position of the span under the pointer, -1 where there
 * is none, and `pick` with that of one that was clicked.
 */
@customElement('lifeline-raw-dump')
export class RawDump extends LitElement {
  static override styles = [
    baseStyles,
    rawStyles,
    css`
      .row {
        display: flex;
        gap: 1ch;
        height: 18px;
        line-height: 18px;
        white-space: pre;
        cursor: default;
      }
      .at {
        flex: none;
        min-width: 4ch;
        text-align: right;
        user-select: none;
      }
      .hex {
        flex: none;
      }
      .hex,
      .text {
        user-select: text;
      }
      i {
        display: inline-block;
        width: 1ch;
        overflow: hidden;
        text-align: center;
        font-style: normal;
        vertical-align: top;
        color: var(--vscode-descriptionForeground);
      }
      .lit i {
        color: inherit;
      }
    `,
  ];

  /** Names what the bytes are of: where that is something else, they are shown from their beginning. */
  @property({ attribute: false }) key = '';
  @property({ attribute: false }) bytes = new Uint8Array(0);
  @property({ attribute: false }) spans: readonly RawSpan[] = [];
  /** Positions of spans whose bytes are not shown. */
  @property({ attribute: false }) masked: ReadonlySet<number> = new Set();
  /** The position of the span that is lit, or -1. */
  @property({ type: Number }) lit = -1;
  @property() name = '';
  @state() private width: number = widths[1];
  readonly #rows = new RowWindow(this, rowHeight);
  #resized: ResizeObserver | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized = new ResizeObserver(() => this.#fit());
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized?.disconnect();
  }

  override render(): TemplateResult {
    const rows = this.#rows.of(Math.ceil(this.bytes.length / this.width));
    return html`<div
      class="scroller mono"
      role="region"
      tabindex="0"
      aria-label="${this.name}: bytes in hex and as text"
      @pointerover=${(event: PointerEvent) => this.#tell('point', event)}
      @pointerleave=${() => this.dispatchEvent(new CustomEvent<number>('point', { detail: -1 }))}
      @click=${(event: MouseEvent) => this.#tell('pick', event)}
    >
      <div class="spacer"><div class="rows">${rows.map((row) => this.#row(row))}</div></div>
    </div>`;
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('key')) this.#rows.toStart();
    if (changed.has('bytes')) this.#fit();
  }

  /** Brings the bytes of a span into view. */
  reveal(index: number): void {
    const span = this.spans[index];
    if (!span) return;
    this.#rows.reveal(Math.floor((span.to - 1) / this.width));
    this.#rows.reveal(Math.floor(span.from / this.width));
  }

  #row(row: number): TemplateResult {
    const from = row * this.width;
    const to = Math.min(this.bytes.length, from + this.width);
    const pieces: { index: number; from: number; to: number }[] = [];
    for (let at = from, index = spanAt(this.spans, from); at < to; index++) {
      const end = Math.min(to, this.spans[index]?.to ?? to);
      pieces.push({ index, from: at, to: end });
      at = end;
    }
    const missing = 3 * (this.width - (to - from));
    return html`<div class="row">
      <span class="at dim">${from.toString(16).padStart(this.#digits, '0')}</span
      ><span class="hex"
        >${pieces.map(({ index, from, to }) => this.#piece(index, this.#hex(index, from, to)))}${' '.repeat(
          missing,
        )}</span
      ><span class="text">${pieces.map(({ index, from, to }) => this.#piece(index, this.#text(index, from, to)))}</span>
    </div>`;
  }

  #piece(index: number, content: unknown): TemplateResult {
    const lit = index === this.lit ? 'lit' : '';
    const plain = isPart(this.spans[index]) ? '' : 'dim';
    return html`<span class="piece ${lit} ${plain}" data-span=${index}>${content}</span>`;
  }

  #hex(index: number, from: number, to: number): string {
    if (this.masked.has(index)) return '•• '.repeat(to - from);
    let text = '';
    for (const byte of this.bytes.subarray(from, to)) text += `${byte.toString(16).padStart(2, '0')} `;
    return text;
  }

  /** What is no printable ASCII stands in a cell of its own, whatever the width of its picture. */
  #text(index: number, from: number, to: number): unknown {
    if (this.masked.has(index)) return '•'.repeat(to - from);
    return [...this.bytes.subarray(from, to)].map((byte) =>
      byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : html`<i>${cellOf(byte)}</i>`,
    );
  }

  /** Of an offset. */
  get #digits(): number {
    return Math.max(4, this.bytes.length.toString(16).length);
  }

  #fit(): void {
    const sample = this.renderRoot.querySelector<HTMLElement>('.at');
    const digits = this.#digits;
    const digit = (sample?.getBoundingClientRect().width ?? 7.2 * digits) / digits;
    // Beside the bytes, two digits and a blank each, and their text: the offset, two gaps and a scroll bar.
    const room = this.clientWidth / digit - digits - 4;
    this.width = widths.find((width) => 4 * width <= room) ?? widths[2];
  }

  #tell(name: 'point' | 'pick', event: Event): void {
    const [target] = event.composedPath();
    const piece = target instanceof Element ? target.closest<HTMLElement>('[data-span]') : null;
    const detail = piece ? Number(piece.dataset['span']) : -1;
    if (detail >= 0 || name === 'point') this.dispatchEvent(new CustomEvent<number>(name, { detail }));
  }
}
