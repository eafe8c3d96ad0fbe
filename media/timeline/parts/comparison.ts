import '@vscode-elements/elements/dist/vscode-icon/index.js';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, query, queryAll, state } from 'lit/decorators.js';
import type { Comparison } from '../../../src/core/trace/comparison';
import type { ToComparison } from '../../../src/core/trace/messages';
import { counted, duration } from '../format';
import type { KeyAction } from '../keys';
import { ComparedCamera } from '../model/comparedCamera';
import { RunPicture } from '../model/comparedRun';
import { differenceSentence, requestSentence } from '../model/comparedWords';
import { nothingSelected, type Selection } from '../selection';
import { comparisonStyles } from './comparisonStyles';
import './helpCard';
import { baseStyles, toolStyles } from './styles';
import './view';
import type { View } from './view';

interface Pictures {
  readonly runs: readonly [RunPicture, RunPicture];
  readonly camera: ComparedCamera;
  readonly requests: number;
  readonly remarks: readonly string[];
}

/** The page of a comparison: the same requests under two models, one picture over the other on one axis of time. */
@customElement('lifeline-comparison')
export class ComparisonPage extends LitElement {
  static override styles = [baseStyles, toolStyles, comparisonStyles];

  @state() private pictures: Pictures | undefined;
  @state() private selection: Selection = nothingSelected;
  @state() private helping = false;
  @queryAll('lifeline-view') private views!: NodeListOf<View>;
  @query('lifeline-view') private firstView!: View | null;
  readonly #api = acquireVsCodeApi();

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('message', this.#onMessage);
    this.#api.postMessage({ type: 'ready' });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('message', this.#onMessage);
  }

  override render(): TemplateResult | typeof nothing {
    const { pictures } = this;
    if (!pictures) return nothing;
    const [was, is] = pictures.runs;
    return html`
      <header>
        <h1>${differenceSentence(was, is)}</h1>
        <div class="tools">
          <button class="tool" @click=${() => this.firstView?.fit()}>Zoom to Fit</button>
          <button class="tool" aria-label="Keyboard Help" title="Keys and mouse (?)" @click=${() => this.#help(true)}>
            <vscode-icon name="question"></vscode-icon>
          </button>
        </div>
        <p class="dim">${this.#remarks(pictures)}</p>
      </header>
      <main>${this.#run('As it was', was, pictures)} ${this.#run('Run again', is, pictures)}</main>
      <footer class="dim"><span role="status">${this.#selected(pictures)}</span></footer>
      ${this.#table(pictures)}
      ${this.helping ? html`<lifeline-help @close=${() => this.#help(false)}></lifeline-help>` : nothing}
    `;
  }

  override updated(changed: PropertyValues): void {
    if (!changed.has('pictures')) return;
    const [first, second] = this.views;
    if (!first || !second) return;
    first.peer = second;
    second.peer = first;
  }

  #run(title: string, run: RunPicture, { camera, requests }: Pictures): TemplateResult {
    const { totals } = run;
    const failed = totals.failures > 0 ? `${totals.failures} of ${requests}` : 'none';
    const facts: [string, string, string][] = [
      ['Finished in', duration(totals.finishedIn), 'From the first accept to the end of the last response'],
      ['Mean wait', duration(totals.meanWait), 'For the server’s turn and for a free slot'],
      ['p95', duration(totals.p95), 'The time, waiting included, that 95 % of the requests do not exceed'],
      ['Failed', failed, 'Errors of the app, refusals, clients that left, requests that could not be sent'],
    ];
    return html`<section aria-label="${title}: ${run.name}">
      <div class="run">
        <h2>${title} <span class="model">${run.name}</span></h2>
        <dl>
          ${facts.map(
            ([name, value, explanation]) =>
              html`<div title=${explanation}>
                <dt>${name}</dt>
                <dd class=${name === 'Failed' && totals.failures > 0 ? 'failed' : ''}>${value}</dd>
              </div>`,
          )}
        </dl>
      </div>
      <lifeline-view
        .name=${`Timeline of ${run.name}`}
        .trace=${run.trace}
        .camera=${camera}
        .captions=${(id: number) => run.caption(id)}
        .slots=${run.slots}
        .following=${false}
        .clock=${() => run.trace.newest}
        .selection=${this.selection}
        @select=${(event: CustomEvent<Selection>) => (this.selection = event.detail)}
        @act=${(event: CustomEvent<KeyAction>) => this.#act(event.detail)}
      ></lifeline-view>
    </section>`;
  }

  #remarks({ requests, remarks }: Pictures): string {
    const sent = `${counted(requests, 'request')}, sent again byte for byte and at the same distances, to an app started anew.`;
    return [sent, ...remarks].join(' ');
  }

  #selected({ runs }: Pictures): string {
    const id = this.selection.kind === 'none' ? undefined : this.selection.id;
    return id === undefined ? 'Select a request to compare its times.' : requestSentence(...runs, id);
  }

  /** The pictures in words, for screen readers. */
  #table({ runs, requests }: Pictures): TemplateResult {
    const count = Math.min(requests, mostInWords);
    const ids = Array.from({ length: count }, (_, index) => index + 1);
    return html`<div class="visually-hidden">
      <ul role="list" aria-label="Requests in both runs">
        ${ids.map((id) => html`<li>${requestSentence(...runs, id)}</li>`)}
      </ul>
    </div>`;
  }

  #act(action: KeyAction): void {
    if (action === 'help') this.#help(true);
    else if (action === 'clear') this.selection = nothingSelected;
  }

  #help(show: boolean): void {
    this.helping = show;
    if (!show) this.firstView?.focus();
  }

  readonly #onMessage = (event: MessageEvent<ToComparison>): void => {
    const { runs, requests, remarks }: Comparison = event.data.comparison;
    const [was, is] = [new RunPicture(runs[0], requests), new RunPicture(runs[1], requests)];
    const end = Math.max(was.totals.finishedIn, is.totals.finishedIn, was.trace.newest, is.trace.newest);
    this.pictures = { runs: [was, is], camera: new ComparedCamera(end), requests, remarks };
  };
}

/** Most requests that are told in words. */
const mostInWords = 200;
