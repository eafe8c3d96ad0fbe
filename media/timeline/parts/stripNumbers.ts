import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { counted } from '../format';
import type { Series, StripTrack } from '../model/stripTracks';
import type { Trace } from '../model/trace';
import { baseStyles, swatchStyles } from './styles';

/** What the strip shows in numbers, at its left: at this moment, or at the one that somebody points at. */
@customElement('lifeline-numbers')
export class StripNumbers extends LitElement {
  static override styles = [
    baseStyles,
    swatchStyles,
    css`
      :host {
        container-type: inline-size;
        font-size: 12px;
        overflow: hidden;
      }
      dl {
        display: flex;
        flex-direction: column;
        justify-content: center;
        gap: 2px;
        margin: 0;
        padding: 0 12px;
        line-height: 17px;
      }
      .calls {
        height: var(--calls, 100%);
      }
      .tracks {
        gap: 0;
      }
      .tracks > div {
        height: var(--track);
        align-items: center;
      }
      .swatch.line {
        --colour: var(--vscode-lifeline-connections);
      }
      div {
        display: flex;
        justify-content: space-between;
        gap: 8px;
        white-space: nowrap;
      }
      .swatch,
      .rule {
        margin-right: 7px;
      }
      .rule {
        display: inline-block;
        width: 10px;
        border-top: 1px solid var(--vscode-lifeline-connections);
        vertical-align: middle;
      }
      dt {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      dd {
        margin: 0;
        color: var(--vscode-descriptionForeground);
        font-variant-numeric: tabular-nums;
      }
      .busy {
        color: var(--vscode-lifeline-warningText);
      }
      .short {
        display: none;
      }
      @container (max-width: 200px) {
        .long {
          display: none;
        }
        .short {
          display: inline;
        }
        dl {
          padding: 0 8px;
        }
      }
      :host(.low) dl {
        gap: 0;
        line-height: 14px;
        font-size: 11px;
      }
      /* Side by side, where the strip is one line: the samples say which is which. */
      :host(.line) .calls {
        flex-flow: row wrap;
        justify-content: flex-start;
        gap: 0 clamp(6px, 8cqw, 16px);
      }
      /* What has no room in the line goes whole. */
      :host(.line) .calls > div {
        gap: 0;
        height: var(--calls);
        align-items: center;
      }
      :host(.line) .swatch,
      :host(.line) .rule {
        margin-right: 4px;
      }
      :host(.line) .long {
        display: none;
      }
      :host(.line) dt .short {
        display: inline;
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
      :host(.line) dd .short {
        display: inline;
      }
      :host([hidden]) {
        display: none;
      }
    `,
  ];

  @property({ attribute: false }) trace: Trace | undefined;
  /** Changes when the trace has. */
  @property({ type: Number }) version = 0;
  /** Most app calls at a time where the trace does not say. */
  @property({ type: Number }) slots = 0;
  @property({ attribute: false }) tracks: readonly StripTrack[] = [];
  /** The instant that somebody points at, in ms; undefined for the newest. */
  @property({ attribute: false }) at: number | undefined;

  override render(): TemplateResult | typeof nothing {
    const { trace, at } = this;
    if (!trace) return nothing;
    const valueOf = (series: Series): number => (at === undefined ? series.current : series.valueAt(at));
    const running = valueOf(trace.running);
    const waiting = valueOf(trace.waiting);
    const slots = trace.store.modelAt(at ?? Infinity)?.slots ?? this.slots;
    return html`<dl class="calls">
        <div>
          <dt>
            <span class="swatch app"></span><span class="long">Running app calls</span
            ><span class="short">Running</span>
          </dt>
          <dd>${running}<span class="long"> of ${counted(slots, 'slot')}</span><span class="short">/${slots}</span></dd>
        </div>
        <div>
          <dt>
            <span class="swatch queue"></span><span class="long">Waiting for a slot</span
            ><span class="short">Waiting</span>
          </dt>
          <dd class=${waiting > 0 ? 'busy' : ''}>${waiting}<span class="long">, most ${trace.waiting.most}</span></dd>
        </div>
        <div>
          <dt><span class="rule"></span><span class="long">Open connections</span><span class="short">Open</span></dt>
          <dd>${valueOf(trace.connections)}</dd>
        </div>
      </dl>
      ${
        this.tracks.length > 0
          ? html`<dl class="tracks">
              ${this.tracks.map(
                ({ name, shortName, colour, explanation, series, format }) =>
                  html`<div title=${explanation}>
                    <dt>
                      <span class="swatch ${colour}"></span><span class="long">${name}</span
                      ><span class="short">${shortName}</span>
                    </dt>
                    <dd>${format(series.map(valueOf))}</dd>
                  </div>`,
              )}
            </dl>`
          : nothing
      }`;
  }
}
