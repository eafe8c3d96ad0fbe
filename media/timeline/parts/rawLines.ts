import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { RawSpan } from '../../../src/core/trace/rawSpans';
import { counted } from '../format';
import { extentOf, isPart, printable, rawLines, wordsOf } from '../model/rawWords';
import { rawStyles } from './rawStyles';
import { RowWindow } from './rowWindow';
import { baseStyles } from './styles';

const rowHeight = 20;
/** Characters of a part that a line shows at most. */
const longest = 300;

/**
 * A message as lines of text, each part of it by itself: a list box whose options are the parts. Events: `point` with the
 * position of the span under the pointer, or -1, `pick` with that of one that was chosen, and `open` where its bytes are
 * to be shown.
 */
@customElement('lifeline-raw-lines')
export class RawLines extends LitElement {
  static override styles = [
    baseStyles,
    rawStyles,
    css`
      .scroller {
        overflow-x: hidden;
      }
      .line {
        display: flex;
        height: 20px;
        line-height: 20px;
        white-space: pre;
        overflow: hidden;
        cursor: default;
      }
      .piece {
        flex: 0 1 auto;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .short {
        flex: none;
      }
      .fieldName,
      .trailerName,
      .chunkSize,
      .version {
        flex: none;
        max-width: 45%;
      }
      .fieldName,
      .trailerName,
      .chunkSize,
      .version,
      .headEnd,
      .trailersEnd,
      .emptyLine {
        color: var(--vscode-descriptionForeground);
      }
      .malformed,
      .noField {
        color: var(--vscode-errorForeground);
        text-decoration: underline wavy;
      }
      .lit {
        color: var(--vscode-editor-selectionForeground, var(--vscode-foreground));
      }
    `,
  ];

  /** Names what the bytes are of: where that is something else, they are shown from their beginning. */
  @property({ attribute: false }) key = '';
  @property({ attribute: false }) bytes = new Uint8Array(0);
  @property({ attribute: false }) spans: readonly RawSpan[] = [];
  @property({ attribute: false }) masked: ReadonlySet<number> = new Set();
  @property({ type: Number }) lit = -1;
  /** The position of the span that was chosen, or -1. */
  @property({ type: Number }) chosen = -1;
  @property() name = '';
  readonly #rows = new RowWindow(this, rowHeight);
  #lines: number[][] = [];

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('spans')) this.#lines = rawLines(this.spans);
  }

  override render(): TemplateResult {
    const rows = this.#rows.of(this.#lines.length);
    const first = rows[0] ?? 0;
    const active = this.#lineOf(this.chosen);
    const shown = active >= first && active < first + rows.length;
    return html`<div
      class="scroller mono"
      role="listbox"
      tabindex="0"
      aria-label="Parts of what was ${this.name}"
      aria-activedescendant=${shown ? `span-${this.chosen}` : nothing}
      @pointerover=${(event: PointerEvent) => this.#tell('point', event)}
      @pointerleave=${() => this.dispatchEvent(new CustomEvent<number>('point', { detail: -1 }))}
      @click=${(event: MouseEvent) => this.#tell('pick', event)}
      @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
    >
      <div class="spacer" role="presentation">
        <div class="rows" role="presentation">${rows.map((row) => this.#line(this.#lines[row] ?? []))}</div>
      </div>
    </div>`;
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('key')) this.#rows.toStart();
  }

  /** Brings the line of a span into view. */
  reveal(index: number): void {
    const line = this.#lineOf(index);
    if (line >= 0) this.#rows.reveal(line);
  }

  #line(line: readonly number[]): TemplateResult {
    return html`<div class="line" role="presentation">${line.map((index) => this.#piece(index))}</div>`;
  }

  #piece(index: number): TemplateResult | string | typeof nothing {
    const span = this.spans[index];
    if (!span) return nothing;
    if (!isPart(span)) return this.#between(span);
    const text = this.#text(index, span);
    return html`<span
      class="piece ${span.kind} ${index === this.lit ? 'lit' : ''}"
      role="option"
      id="span-${index}"
      aria-selected=${index === this.chosen}
      aria-label="${wordsOf(span).label}: ${this.masked.has(index) ? 'hidden' : text}, ${extentOf(span)}"
      data-span=${index}
      >${text}</span
    >`;
  }

  /** What separates parts is written as it is, its line end left out. */
  #between({ kind }: RawSpan): TemplateResult | typeof nothing {
    if (kind === 'colon') return html`<span class="short dim" aria-hidden="true">: </span>`;
    if (kind === 'space') return html`<span class="short" aria-hidden="true"> </span>`;
    if (kind === 'lineEnd') return html`<span class="short" aria-hidden="true">${'  '}</span>`;
    return nothing;
  }

  #text(index: number, { kind, from, to }: RawSpan): string {
    if (this.masked.has(index)) return '••••••';
    if (kind === 'headEnd') return '(end of the head)';
    if (kind === 'trailersEnd') return '(end of the body)';
    if (kind === 'emptyLine') return '(empty line)';
    const text = printable(this.bytes.subarray(from, Math.min(to, from + longest)));
    if (kind === 'chunkSize') return `${text} (${counted(Number.parseInt(text, 16), 'byte')})`;
    if (kind === 'lastChunk') return `${text} (last chunk)`;
    return to - from > longest ? `${text}…` : text;
  }

  #lineOf(index: number): number {
    return index < 0 ? -1 : this.#lines.findIndex((line) => line.includes(index));
  }

  #tell(name: 'point' | 'pick', event: Event): void {
    const [target] = event.composedPath();
    const piece = target instanceof Element ? target.closest<HTMLElement>('[data-span]') : null;
    const detail = piece ? Number(piece.dataset['span']) : -1;
    if (detail >= 0 || name === 'point') this.dispatchEvent(new CustomEvent<number>(name, { detail }));
  }

  #onKey(event: KeyboardEvent): void {
    const to = this.#target(event.key);
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.dispatchEvent(new CustomEvent<number>('pick', { detail: to }));
  }

  /** Left and right go from part to part, up and down from line to line. */
  #target(key: string): number | undefined {
    const parts = this.#lines.map((line) => line.filter((index) => isPart(this.spans[index])));
    const at = parts.findIndex((line) => line.includes(this.chosen));
    const all = parts.flat();
    const step = (by: number): number | undefined => all[Math.max(0, all.indexOf(this.chosen) + by)];
    const lineStep = (to: number): number | undefined => parts[Math.max(0, Math.min(parts.length - 1, to))]?.[0];
    switch (key) {
      case 'ArrowRight':
        return at < 0 ? all[0] : step(1);
      case 'ArrowLeft':
        return step(-1);
      case 'ArrowDown':
        return lineStep(at + 1);
      case 'ArrowUp':
        return lineStep(at - 1);
      case 'PageDown':
        return lineStep(at + 10);
      case 'PageUp':
        return lineStep(at - 10);
      case 'Home':
        return all[0];
      case 'End':
        return all.at(-1);
      default:
        return undefined;
    }
  }
}
