import '@vscode-elements/elements/dist/vscode-icon/index.js';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ExchangeRow } from '../../../src/core/trace/columns';
import type { ExchangeDetail } from '../../../src/core/trace/detail';
import { readHead } from '../../../src/core/trace/heads';
import { phaseOf } from '../../../src/core/trace/phases';
import { spansOf, type Span } from '../../../src/core/trace/spans';
import { sentenceOf } from '../../../src/core/trace/verdict';
import { verdictOf } from '../../../src/core/trace/verdictOf';
import { bytes, duration } from '../format';
import { comparedFields, comparedPhases, type ComparedField, type ComparedPhase } from '../model/comparedPair';
import { byteDifference, timeDifference } from '../model/differences';
import { placeOn, trackOf } from '../model/track';
import type { Trace } from '../model/trace';
import { requestName, resultName } from '../model/words';
import type { Selection } from '../selection';
import { exchangeComparisonStyles } from './exchangeComparisonStyles';
import { baseStyles, swatchStyles, toolStyles, trackStyles } from './styles';

interface Side {
  readonly exchange: ExchangeRow;
  readonly spans: readonly Span[];
  readonly verdict: string;
  readonly detail: ExchangeDetail | undefined;
}

/**
 * Two exchanges beside each other: what became of them, their phases on one scale, and where their heads differ.
 * Events: `select` with a `Selection`, `swap`, `close`.
 */
@customElement('lifeline-exchange-comparison')
export class ExchangeComparison extends LitElement {
  static override styles = [baseStyles, toolStyles, swatchStyles, trackStyles, exchangeComparisonStyles];

  @property({ attribute: false }) trace: Trace | undefined;
  /** Changes when the trace has. */
  @property({ type: Number }) version = 0;
  @property({ attribute: false }) clock: () => number = () => 0;
  @property({ attribute: false }) pair: readonly [number, number] = [0, 0];
  /** Cold data of both; undefined where it is not here. */
  @property({ attribute: false }) details: readonly (ExchangeDetail | undefined)[] = [];
  @property({ type: Boolean }) loading = false;
  #phases: readonly ComparedPhase[] = [];

  override render(): TemplateResult {
    const sides = this.pair.map((id, index) => this.#side(id, this.details[index]));
    const [was, is] = sides;
    return html`<header>
        <h2 tabindex="-1">Comparison</h2>
        ${this.#tool('Swap', 'arrow-swap', 'Exchange the two', 'swap')}
        ${this.#tool('Close Comparison', 'close', 'Close the comparison', 'close')}
      </header>
      <div class="scroll">
        ${was && is ? this.#both(was, is) : html`<p class="dim">The trace has forgotten one of them, or it was cleared.</p>`}
      </div>`;
  }

  override focus(): void {
    this.renderRoot.querySelector('h2')?.focus();
  }

  /** What it was opened from may be gone. */
  override firstUpdated(): void {
    this.focus();
    this.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.dispatchEvent(new CustomEvent('close'));
    });
  }

  /** Places the bars. The page's policy forbids style attributes, so they are set from here. */
  override updated(_changed: PropertyValues<this>): void {
    const track = trackOf(this.#phases.flatMap(({ stretches }) => stretches.flat()));
    const bars = this.renderRoot.querySelectorAll<HTMLElement>('.track > .swatch');
    const spans = this.#phases.flatMap(({ stretches }) => stretches.flat());
    spans.forEach((span, index) => {
      const { left, width, outside } = placeOn(track, span);
      bars[index]?.style.setProperty('left', `${left}%`);
      bars[index]?.style.setProperty('width', `${width}%`);
      bars[index]?.classList.toggle('outside', outside);
    });
  }

  #side(id: number, detail: ExchangeDetail | undefined): Side | undefined {
    const { trace } = this;
    const exchange = trace?.exchange(id);
    if (!trace || !exchange) return undefined;
    const now = this.clock();
    const verdict = verdictOf(trace.store, id, detail, now);
    return {
      exchange,
      spans: spansOf(exchange, trace.connection(exchange.connection), now, trace.isLast(exchange)),
      verdict: verdict ? sentenceOf(verdict) : '',
      detail,
    };
  }

  #both(was: Side, is: Side): TemplateResult {
    this.#phases = comparedPhases([
      { spans: was.spans, start: was.exchange.start },
      { spans: is.spans, start: is.exchange.start },
    ]);
    return html`<div class="sides">${this.#who(was, 'A')}${this.#who(is, 'B')}</div>
      ${this.#facts(was.exchange, is.exchange)} ${this.#phaseTable()}
      ${this.#heads('Request head', was.detail?.requestHead, is.detail?.requestHead)}
      ${this.#heads('Response head', was.detail?.responseHead, is.detail?.responseHead)}`;
  }

  #who({ exchange, verdict }: Side, letter: string): TemplateResult {
    const name = this.trace ? requestName(this.trace, exchange) : '';
    const result = resultName(exchange);
    const detail: Selection = { kind: 'exchange', id: exchange.id };
    return html`<section aria-label=${letter}>
      <button
        class="tool"
        title="Select it"
        @click=${() => this.dispatchEvent(new CustomEvent<Selection>('select', { detail }))}
      >
        <span class="letter">${letter}</span><span class="dim">#${exchange.id}</span
        ><span class="mono">${name}${result ? ` → ${result}` : ''}</span>
      </button>
      <p>${verdict}</p>
    </section>`;
  }

  #facts(was: ExchangeRow, is: ExchangeRow): TemplateResult {
    const total = (exchange: ExchangeRow): number =>
      Number.isNaN(exchange.end) ? this.clock() - exchange.start : exchange.end;
    const outcome = (exchange: ExchangeRow): string => resultName(exchange) || 'in progress';
    const size = (name: string, of: 'bytesIn' | 'bytesOut'): Line => {
      return [name, bytes(was[of]), bytes(is[of]), byteDifference(was[of], is[of])];
    };
    const lines: Line[] = [
      ['Result', outcome(was), outcome(is), outcome(was) === outcome(is) ? 'same' : 'differs'],
      ['Total', duration(total(was)), duration(total(is)), timeDifference(total(was), total(is))],
      size('Received', 'bytesIn'),
      size('Sent', 'bytesOut'),
    ];
    return html`<table aria-label="Results">
      ${this.#columns('What', true)}
      <tbody>
        ${lines.map(
          ([name, a, b, difference]) =>
            html`<tr class=${difference === 'same' ? '' : 'differs'}>
              <th scope="row">${name}</th>
              <td class="number">${a}</td>
              <td class="number">${b}</td>
              <td class="number">${difference}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  #columns(first: string, unseen = false): TemplateResult {
    return html`<thead>
      <tr>
        <th scope="col"><span class=${unseen ? 'visually-hidden' : ''}>${first}</span></th>
        <th scope="col" class="number">A</th>
        <th scope="col" class="number">B</th>
        <th scope="col" class="number">Difference</th>
      </tr>
    </thead>`;
  }

  #phaseTable(): TemplateResult {
    const cell = (time: number | undefined): string => (time === undefined ? '–' : duration(time));
    const bar = (spans: readonly Span[], letter: string): TemplateResult =>
      html`<div class="row">
        <span class="letter dim">${letter}</span>
        <div class="track">${spans.map(({ phase }) => html`<span class="swatch ${phase}"></span>`)}</div>
      </div>`;
    return html`<table aria-label="Phases">
      ${this.#columns('Phase')}
      ${this.#phases.map(
        ({ phase, stretches, times }) =>
          html`<tbody>
            <tr>
              <th scope="row"><span class="swatch ${phase}"></span> ${phaseOf(phase).label}</th>
              <td class="number">${cell(times[0])}</td>
              <td class="number">${cell(times[1])}</td>
              <td class="number">${timeDifference(...times)}</td>
            </tr>
            <tr class="bars" aria-hidden="true">
              <td colspan="4">${bar(stretches[0], 'A')}${bar(stretches[1], 'B')}</td>
            </tr>
          </tbody>`,
      )}
    </table>`;
  }

  #heads(title: string, was: string | undefined, is: string | undefined): TemplateResult {
    if (was === undefined || is === undefined) {
      const missing = this.loading ? 'Loading…' : 'Not kept of both: the server holds the newest requests only.';
      return html`<h3>${title}</h3>
        <p class="dim">${missing}</p>`;
    }
    const [a, b] = [readHead(was), readHead(is)];
    const fields = comparedFields(a, b);
    const line: ComparedField = {
      name: '',
      secret: false,
      values: [a.firstLine, b.firstLine],
      change: a.firstLine === b.firstLine ? 'same' : 'changed',
    };
    const all = [line, ...fields];
    const different = all.filter(({ change }) => change !== 'same');
    const same = all.length - different.length;
    return html`<h3>${title}</h3>
      ${different.length > 0 ? this.#fieldTable(title, different) : nothing}
      <p class="dim">
        ${different.length === 0 ? 'Both are the same.' : same > 0 ? `${same} more are the same.` : ''}
      </p>`;
  }

  #fieldTable(title: string, fields: readonly ComparedField[]): TemplateResult {
    return html`<dl class="fields" aria-label="Differences of the ${title.toLowerCase()}s">
      ${fields.map(
        (field) =>
          html`<div class=${field.change}>
            <dt class="mono">${field.name || 'first line'} <span class="change">${changeWords[field.change]}</span></dt>
            ${field.values.map((value, index) =>
              value === undefined
                ? nothing
                : html`<dd class="mono">
                    <span class="letter dim">${index === 0 ? 'A' : 'B'}</span>${this.#value(field, value)}
                  </dd>`,
            )}
          </div>`,
      )}
    </dl>`;
  }

  #value({ secret }: ComparedField, value: string): TemplateResult | string {
    return secret ? html`<span aria-label="hidden">••••••</span>` : value;
  }

  #tool(label: string, icon: string, title: string, event: string): TemplateResult {
    return html`<button
      class="tool"
      aria-label=${label}
      title=${title}
      @click=${() => this.dispatchEvent(new CustomEvent(event))}
    >
      <vscode-icon name=${icon}></vscode-icon>
    </button>`;
  }
}

type Line = readonly [name: string, was: string, is: string, difference: string];

const changeWords = { same: 'same', added: 'only in B', removed: 'only in A', changed: 'differs' } as const;
