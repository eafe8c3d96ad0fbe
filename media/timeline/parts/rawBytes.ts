import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { WireBytes } from '../../../src/core/trace/detail';
import type { RawExchange } from '../../../src/core/trace/raw';
import { rawSpans, type RawSpan } from '../../../src/core/trace/rawSpans';
import { bytes } from '../format';
import { extentOf, printable, utf8In, wordsOf } from '../model/rawWords';
import { referenceUrl } from '../references';
import './rawDump';
import type { RawDump } from './rawDump';
import './rawLines';
import type { RawLines } from './rawLines';
import { baseStyles, toolStyles } from './styles';

type Direction = keyof RawExchange;

/** A field of a head whose value is to be shown. */
export interface RevealedField {
  readonly head: 'requestHead' | 'responseHead';
  /** Position among its fields. */
  readonly index: number;
}

/** Characters of a part that are told beside what it is. */
const longestTold = 600;

/**
 * The bytes of an exchange as they were on the wire: the message as lines of parts, and below it the bytes. What is under
 * the pointer in one, or chosen by keys, is lit in both, with what it is and where that is said. Event: `reveal` with a
 * `RevealedField`.
 */
@customElement('lifeline-raw-bytes')
export class RawBytes extends LitElement {
  static override styles = [
    baseStyles,
    toolStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 6px;
        height: 100%;
        min-height: 300px;
      }
      .choice {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px;
      }
      .note {
        font-size: 12px;
        margin-left: 6px;
      }
      lifeline-raw-lines,
      lifeline-raw-dump,
      .what {
        border: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
        border-radius: 3px;
      }
      lifeline-raw-lines,
      lifeline-raw-dump {
        padding: 4px 6px;
      }
      lifeline-raw-lines {
        flex: 0 1 auto;
        max-height: 42%;
        min-height: 64px;
      }
      lifeline-raw-dump {
        flex: 1 1 0;
        min-height: 100px;
      }
      .what {
        flex: none;
        height: 80px;
        overflow: auto;
        padding: 3px 8px;
        background: var(--vscode-textCodeBlock-background);
        font-size: 12px;
        user-select: text;
      }
      .what .facts {
        display: flex;
        flex-wrap: wrap;
        gap: 0 12px;
        align-items: center;
      }
      .what a {
        color: var(--vscode-textLink-foreground);
        text-decoration: none;
      }
      .what a:hover {
        text-decoration: underline;
      }
      .what .tool {
        height: 18px;
        color: var(--vscode-textLink-foreground);
      }
      .value {
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) raw: RawExchange | undefined;
  /** The exchange that they are of. */
  @property({ type: Number }) exchange = 0;
  /** It goes on: there may be more. */
  @property({ type: Boolean }) open = false;
  /** The head of the request was refused, or is not complete. */
  @property({ type: Boolean }) refused = false;
  /** Positions of the fields of each head whose secrets are shown. */
  @property({ attribute: false }) revealed: Readonly<Partial<Record<RevealedField['head'], readonly number[]>>> = {};
  @state() private direction: Direction = 'received';
  /** Positions of spans. */
  @state() private pointed = -1;
  @state() private chosen = -1;
  /** The keyboard is among the bytes, which say nothing by themselves. */
  @state() private walking = false;
  @query('lifeline-raw-lines') private lines!: RawLines | null;
  @query('lifeline-raw-dump') private dump!: RawDump | null;
  #spans: readonly RawSpan[] = [];
  #masked: ReadonlySet<number> = new Set();

  override willUpdate(changed: PropertyValues): void {
    const others = changed.has('exchange') || changed.has('direction');
    if (others || changed.has('raw') || changed.has('refused')) this.#read(others);
    const shown = this.revealed[this.#head] ?? [];
    const hides = ({ secret, number }: RawSpan): boolean => secret && !shown.includes(number);
    this.#masked = new Set(this.#spans.flatMap((span, index) => (hides(span) ? [index] : [])));
  }

  override render(): TemplateResult {
    const { raw, direction } = this;
    if (!raw) return html``;
    return html`<div class="choice" role="group" aria-label="Direction">
        ${this.#button('received', 'Received', raw.received)} ${this.#button('sent', 'Sent', raw.sent)}
        <span class="note dim">${this.#note(raw[direction])}</span>
      </div>
      ${raw[direction].bytes.length === 0 ? this.#nothing() : this.#message(raw[direction])}`;
  }

  get #head(): RevealedField['head'] {
    return this.direction === 'received' ? 'requestHead' : 'responseHead';
  }

  #button(direction: Direction, label: string, { size }: WireBytes): TemplateResult {
    return html`<button
      class="tool"
      aria-pressed=${this.direction === direction}
      @click=${() => (this.direction = direction)}
    >
      ${label} ${bytes(size)}
    </button>`;
  }

  #nothing(): TemplateResult {
    const sent = this.open ? 'Nothing was sent yet.' : 'Nothing was sent.';
    const received = this.open ? 'The head has not arrived whole.' : 'Nothing is kept of it.';
    return html`<p class="dim">${this.direction === 'received' ? received : sent}</p>`;
  }

  #note({ bytes: kept, truncated, size }: WireBytes): string {
    if (!truncated) return '';
    if (kept.length === 0) return 'None of it is kept.';
    if (kept.length < size) return `The first ${bytes(kept.length)} are kept.`;
    return this.open ? 'So far.' : 'It did not come to its end.';
  }

  /** What is chosen stays so while more comes after it. */
  #read(others: boolean): void {
    const wire = this.raw?.[this.direction];
    const message = this.direction === 'received' ? 'request' : 'response';
    const before = this.#spans[this.chosen];
    this.#spans = wire ? rawSpans(wire.bytes, message, message === 'request' && this.refused) : [];
    const now = this.#spans[this.chosen];
    this.pointed = -1;
    if (others || now?.kind !== before?.kind || now?.from !== before?.from) this.chosen = -1;
  }

  #message(wire: WireBytes): TemplateResult {
    const lit = this.pointed >= 0 ? this.pointed : this.chosen;
    // What is pointed at in one is brought into view in the other; what is under the pointer stays where it is.
    const point = (other: RawLines | RawDump | null, { detail }: CustomEvent<number>): void => {
      this.pointed = detail;
      if (detail >= 0) other?.reveal(detail);
    };
    const key = `${this.exchange} ${this.direction}`;
    return html`<lifeline-raw-lines
        .key=${key}
        .bytes=${wire.bytes}
        .spans=${this.#spans}
        .masked=${this.#masked}
        .lit=${lit}
        .chosen=${this.chosen}
        .name=${this.direction}
        @point=${(event: CustomEvent<number>) => point(this.dump, event)}
        @pick=${(event: CustomEvent<number>) => this.#choose(event.detail)}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
      ></lifeline-raw-lines>
      <div class="what" aria-live=${this.walking ? 'polite' : 'off'}>${this.#what(wire, lit)}</div>
      <lifeline-raw-dump
        .key=${key}
        .bytes=${wire.bytes}
        .spans=${this.#spans}
        .masked=${this.#masked}
        .lit=${lit}
        .name=${this.direction === 'received' ? 'Received' : 'Sent'}
        @point=${(event: CustomEvent<number>) => point(this.lines, event)}
        @pick=${(event: CustomEvent<number>) => this.#choose(event.detail)}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
        @focusin=${() => (this.walking = true)}
        @focusout=${() => (this.walking = false)}
      ></lifeline-raw-dump>`;
  }

  #what({ bytes }: WireBytes, index: number): TemplateResult {
    const span = this.#spans[index];
    if (!span) {
      return html`<span class="dim">Point at a part or at its bytes, or walk over the parts by the arrow keys.</span>`;
    }
    const { label, reference } = wordsOf(span);
    const url = referenceUrl(reference);
    const part = bytes.subarray(span.from, Math.min(span.to, span.from + longestTold));
    const utf8 = utf8In(part);
    const masked = this.#masked.has(index);
    return html`<div class="facts">
        <b>${label}</b><span class="dim">${extentOf(span)}</span>
        ${url === undefined ? reference : html`<a href=${url} title=${url}>${reference}</a>`}
        ${masked ? html`<button class="tool" @click=${() => this.#reveal(span)}>Reveal</button>` : nothing}
      </div>
      <div class="value mono">
        ${masked ? '••••••' : printable(part)}${span.to - span.from > longestTold ? '…' : ''}${
          utf8 === undefined || masked ? nothing : html` <span class="dim">in UTF-8:</span> ${utf8}`
        }
      </div>`;
  }

  #choose(index: number): void {
    this.chosen = index;
    this.pointed = -1;
    const show = (): void => {
      this.lines?.reveal(index);
      this.dump?.reveal(index);
    };
    this.updateComplete.then(show, show);
  }

  #reveal({ number }: RawSpan): void {
    const detail: RevealedField = { head: this.#head, index: number };
    this.dispatchEvent(new CustomEvent<RevealedField>('reveal', { detail }));
  }

  /** Enter shows a secret that is chosen. In the bytes, left and right go from span to span. */
  #onKey(event: KeyboardEvent): void {
    const chosen = this.#spans[this.chosen];
    if (event.key === 'Enter' && chosen && this.#masked.has(this.chosen)) this.#reveal(chosen);
    else if (event.key === 'Escape' && this.chosen >= 0) this.#choose(-1);
    else if (event.key === 'ArrowRight') this.#step(1);
    else if (event.key === 'ArrowLeft') this.#step(-1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #step(by: 1 | -1): void {
    const last = this.#spans.length - 1;
    this.#choose(Math.max(0, Math.min(last, this.chosen < 0 ? 0 : this.chosen + by)));
  }
}
