import '@vscode-elements/elements/dist/vscode-badge/index.js';
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { assertNever } from '../../../src/core/assertNever';
import type { Mark, MarkName } from '../../../src/core/trace/detail';
import { phaseOf, type PhaseName } from '../../../src/core/trace/phases';
import type { Span } from '../../../src/core/trace/spans';
import { bytes, duration } from '../format';
import { placeOn, trackOf } from '../model/track';
import { baseStyles, provenanceStyles, swatchStyles, trackStyles } from './styles';

const mostMarks = 12;

/** The phases of one exchange as a small waterfall, each with its sentence and the marks that fell into it. */
@customElement('lifeline-phases')
export class PhaseTable extends LitElement {
  static override styles = [
    baseStyles,
    swatchStyles,
    trackStyles,
    provenanceStyles,
    css`
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: 12px;
      }
      th {
        padding: 0 8px 4px 0;
        font-weight: 400;
        text-align: left;
        color: var(--vscode-descriptionForeground);
        white-space: nowrap;
      }
      td {
        padding: 6px 8px 0 0;
        vertical-align: middle;
        white-space: nowrap;
      }
      tr > :last-child {
        padding-right: 0;
      }
      .number {
        text-align: right;
        font-variant-numeric: tabular-nums;
      }
      .name {
        display: flex;
        align-items: center;
        gap: 7px;
      }
      .wide {
        width: 100%;
      }
      .track {
        height: 12px;
        min-width: 48px;
      }
      .track .hop {
        top: 4px;
        height: 4px;
      }
      .more td {
        padding: 2px 0 6px 17px;
        white-space: normal;
        color: var(--vscode-descriptionForeground);
        border-bottom: 1px solid color-mix(in srgb, var(--vscode-descriptionForeground) 14%, transparent);
      }
      tbody:last-child .more td {
        border-bottom: 0;
      }
      ul {
        margin: 3px 0 0;
        padding: 0;
        list-style: none;
        font-size: 11px;
      }
      li {
        display: inline-block;
        margin-right: 12px;
        white-space: nowrap;
      }
    `,
  ];

  @property({ attribute: false }) spans: readonly Span[] = [];
  @property({ attribute: false }) marks: readonly Mark[] = [];
  /** ms on the trace's clock: what starts are told from */
  @property({ attribute: false }) origin = 0;

  override render(): TemplateResult {
    return html`<table aria-label="Phases">
      <thead>
        <tr>
          <th scope="col">Phase</th>
          <th scope="col" class="wide"><span class="visually-hidden">Where in the request</span></th>
          <th scope="col" class="number">Start</th>
          <th scope="col" class="number">Duration</th>
        </tr>
      </thead>
      ${this.spans.map((span, index) => this.#row(span, index))}
    </table>`;
  }

  /** Places the bars. The page's policy forbids style attributes, so they are set from here. */
  override updated(_changed: PropertyValues<this>): void {
    const track = trackOf(this.spans);
    const bars = this.renderRoot.querySelectorAll<HTMLElement>('.track > .swatch');
    this.spans.forEach((span, index) => {
      const bar = bars[index];
      if (!bar) return;
      const { left, width, outside } = placeOn(track, span);
      bar.style.setProperty('left', `${left}%`);
      bar.style.setProperty('width', `${width}%`);
      bar.classList.toggle('outside', outside);
    });
  }

  #row(span: Span, index: number): TemplateResult {
    const phase = phaseOf(span.phase);
    const back = span.phase === 'hop' && this.spans.some((each, other) => other < index && each.phase === 'app');
    const marks = this.marks.filter((mark) => phaseOfMark(mark.name) === span.phase);
    const offset = span.start - this.origin;
    return html`<tbody>
      <tr>
        <td>
          <span class="name"><span class="swatch ${span.phase}"></span>${phase.label}${back ? ' back' : ''}</span>
        </td>
        <td class="wide">
          <div class="track"><span class="swatch ${span.phase}"></span></div>
        </td>
        <td class="number dim">${offset < 0 ? '' : '+'}${duration(offset)}</td>
        <td class="number">${duration(span.duration)}${span.open ? '…' : ''}</td>
      </tr>
      <tr class="more">
        <td colspan="4">
          ${phase.explanation}<span class="provenance" title=${provenanceText[phase.provenance]}
            >${phase.provenance}</span
          >
          ${marks.length > 0 ? this.#marks(marks) : nothing}
        </td>
      </tr>
    </tbody>`;
  }

  #marks(marks: readonly Mark[]): TemplateResult {
    const rest = marks.length - mostMarks;
    return html`<ul aria-label="Marks">
      ${marks.slice(0, mostMarks).map((mark) => {
        const size = mark.size === undefined ? '' : ` ${bytes(mark.size)}`;
        const offset = mark.at - this.origin;
        return html`<li title=${provenanceText[mark.provenance]}>
          <span class="mono">${mark.name}</span>${size} at ${offset < 0 ? '' : '+'}${duration(offset)}
        </li>`;
      })}
      ${rest > 0 ? html`<li>and ${rest} more</li>` : nothing}
    </ul>`;
  }
}

const provenanceText = {
  measured: 'Read off a clock where it happens',
  inferred: 'Concluded from other measurements',
  emulated: 'Imitated: this system does not show it',
} as const;

function phaseOfMark(name: MarkName): PhaseName {
  switch (name) {
    case 'recv':
    case '100 Continue':
      return 'recv';
    case 'start_response':
    case 'yield':
    case 'write()':
    case 'close()':
      return 'app';
    case 'stall':
    case 'drain':
      return 'sendall';
    default:
      return assertNever(name);
  }
}
