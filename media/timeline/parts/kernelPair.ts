import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { StateSeen } from '../../../src/core/trace/kernelView';
import { duration, instant } from '../format';
import { closeDirection, queueSentences, stateSentence } from '../model/kernelWords';
import type { Trace } from '../model/trace';
import './kernelSwitch';
import { baseStyles } from './styles';

/** What the kernel tells of one connection: its TCP states one after the other, who closed first, and its queues. */
@customElement('lifeline-kernel-pair')
export class KernelPair extends LitElement {
  static override styles = [
    baseStyles,
    css`
      ol {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        position: relative;
        padding: 0 0 7px 18px;
      }
      /* A dot for each state, and a line from one to the next. */
      li::before {
        content: '';
        position: absolute;
        left: 3px;
        top: 6px;
        width: 7px;
        height: 7px;
        border: 1px solid var(--vscode-descriptionForeground);
        border-radius: 50%;
      }
      li:last-child::before {
        background: var(--vscode-lifeline-info);
        border-color: var(--vscode-lifeline-info);
      }
      li:last-child.over::before {
        background: var(--vscode-descriptionForeground);
        border-color: var(--vscode-descriptionForeground);
      }
      li:not(:last-child)::after {
        content: '';
        position: absolute;
        left: 6.5px;
        top: 14px;
        bottom: -5px;
        border-left: 1px solid color-mix(in srgb, var(--vscode-descriptionForeground) 50%, transparent);
      }
      .at {
        margin-left: 8px;
        font-size: 11px;
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      p {
        margin: 0 0 6px;
        user-select: text;
        overflow-wrap: anywhere;
      }
      li p {
        margin: 1px 0 0;
        font-size: 12px;
      }
    `,
  ];

  @property({ attribute: false }) trace: Trace | undefined;
  @property({ type: Number }) connection = 0;
  /** The clock reading of the picture, in ms. */
  @property({ attribute: false }) now = 0;
  /** The kernel is looked at. */
  @property({ type: Boolean }) on = false;
  /** When the kernel was looked at last. */
  @property({ attribute: false }) looked = NaN;

  override render(): TemplateResult {
    if (!this.on) return html`<lifeline-kernel-switch></lifeline-kernel-switch>`;
    const { trace } = this;
    const row = trace?.connection(this.connection);
    const kernel = trace?.store.kernel;
    if (!trace || !row || !kernel) return html``;
    if (kernel.absent !== '') return html`<p class="dim">${kernel.absent}</p>`;
    const pair = kernel.pair(this.connection);
    if (!pair) {
      const never = row.closed < kernel.at || Number.isNaN(kernel.at);
      return html`<p class="dim">
        ${never ? 'Nobody looked while the kernel knew this pair.' : 'Not looked at yet: the next reading will tell.'}
      </p>`;
    }
    const direction = closeDirection(row, pair);
    return html`
      <ol aria-label="TCP states">
        ${pair.states.map((seen, index) => this.#state(seen, index, row.accepted, pair.states.length, pair.expires))}
      </ol>
      ${
        row.closed > kernel.at
          ? html`<p class="dim">The kernel was looked at last at ${instant(kernel.at)}, before this was closed.</p>`
          : nothing
      }
      ${direction ? html`<p>${direction}</p>` : nothing} ${queueSentences(pair).map((text) => html`<p>${text}</p>`)}
    `;
  }

  #state({ state, at }: StateSeen, index: number, accepted: number, count: number, expires: number): TemplateResult {
    const last = index === count - 1;
    const when = index === 0 ? `since ${instant(at)}` : `seen at +${duration(at - accepted)}`;
    const left = expires - Math.max(this.now, this.looked);
    return html`<li class=${state === 'CLOSED' ? 'over' : ''}>
      <span class="mono">${state}</span><span class="at dim">${when}</span>
      ${
        last
          ? html`<p class="dim">
              ${stateSentence(state)}
              ${state === 'TIME_WAIT' && left > 0 ? `${Math.ceil(left / 1000)} s are left.` : ''}
            </p>`
          : nothing
      }
    </li>`;
  }
}
