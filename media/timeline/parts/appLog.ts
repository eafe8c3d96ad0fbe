import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { LogLine } from '../../../src/core/trace/detail';
import { counted, duration } from '../format';
import { withoutStyles } from '../model/content/ansi';
import type { SourcePlace } from '../model/content/traceback';
import { markStyles } from './content/shownText';
import { baseStyles, toolStyles } from './styles';
import { tracebackStyles, tracebackText } from './tracebackView';

/** So many lines are shown before one asks for more. */
const atOnce = 300;
/** Of a longer line, the beginning. */
const longest = 20_000;

/** What the app wrote: when, where to, and what, with tracebacks whose frames open. Event: `source` with a `SourcePlace`. */
@customElement('lifeline-log')
export class AppLog extends LitElement {
  static override styles = [
    baseStyles,
    toolStyles,
    markStyles,
    tracebackStyles,
    css`
      .log {
        display: grid;
        grid-template-columns: max-content max-content 1fr;
        gap: 2px 10px;
        font-size: 12px;
        align-items: baseline;
      }
      .at {
        text-align: right;
        font-variant-numeric: tabular-nums;
      }
      pre {
        margin: 0;
        min-width: 0;
        overflow-x: auto;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        user-select: text;
        unicode-bidi: plaintext;
      }
      .more {
        margin-top: 6px;
        color: var(--vscode-textLink-foreground);
      }
    `,
  ];

  @property({ attribute: false }) lines: readonly LogLine[] = [];
  /** When the exchange began, in ms on the trace's clock. */
  @property({ type: Number }) origin = 0;
  @state() private most = atOnce;

  override render(): TemplateResult {
    if (this.lines.length === 0) return html`<p class="dim">The app wrote nothing during this request.</p>`;
    const hidden = this.lines.length - this.most;
    return html`<div class="log">${this.lines.slice(0, this.most).map((line) => this.#line(line))}</div>
      ${
        hidden > 0
          ? html`<button class="tool more" @click=${() => (this.most += atOnce * 10)}>
              Show more: ${counted(hidden, 'line')} ${hidden === 1 ? 'is' : 'are'} hidden
            </button>`
          : nothing
      }`;
  }

  #line({ at, stream, text }: LogLine): TemplateResult {
    const plain = withoutStyles(text).replace(/\r?\n$/, '');
    const cut = plain.length > longest;
    const open = (detail: SourcePlace): void => {
      this.dispatchEvent(new CustomEvent<SourcePlace>('source', { detail }));
    };
    return html`<span class="at dim">+${duration(at - this.origin)}</span><span class="dim">${stream}</span>
      <pre class="mono">
${tracebackText(cut ? plain.slice(0, longest) : plain, open)}${
          cut ? html`<span class="dim">… ${counted(plain.length - longest, 'character')} more</span>` : nothing
        }</pre>`;
  }
}
