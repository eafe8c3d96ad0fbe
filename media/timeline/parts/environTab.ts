import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ShownEnviron } from '../../../src/core/trace/shownEnviron';
import { DetailReader } from '../model/detailReader';
import { previousRequests } from '../model/environRows';
import { requestName } from '../model/words';
import './environView';
import type { ComparedRequest, EnvironComparison } from './environView';
import { missing, type Inspected } from './inspected';
import { baseStyles } from './styles';

/** The tab of the environ: asks for it when it is opened, and for the one that it is compared with. */
@customElement('lifeline-environ-tab')
export class EnvironTab extends LitElement {
  static override styles = [baseStyles];

  @property({ attribute: false }) inspected!: Inspected;
  @state() private comparison: EnvironComparison = 'none';
  @state() private revealed: readonly string[] = [];
  readonly #reader = this.#newReader();
  readonly #other = this.#newReader();
  #seen = '';

  override willUpdate(changed: PropertyValues<this>): void {
    const { id, ready, appStart } = this.inspected.exchange;
    if (id !== changed.get('inspected')?.exchange.id && changed.has('inspected')) this.revealed = [];
    this.#reader.want(id);
    this.#other.want(this.#comparedId());
    const seen = [id, ready, appStart].join();
    if (seen !== this.#seen) this.#reader.changed();
    this.#seen = seen;
  }

  override render(): TemplateResult {
    const { detail: environ, loading } = this.#reader;
    // It stays while another one is loaded, and with it what is searched for.
    return html`${environ ? nothing : missing({ ...this.inspected, loading })}<lifeline-environ
        ?hidden=${!environ}
        .environ=${environ}
        .earlier=${this.#earlier()}
        .comparison=${this.comparison}
        .other=${this.#other.loading ? 'loading' : this.#other.detail}
        .revealed=${this.revealed}
        @compare=${(event: CustomEvent<EnvironComparison>) => (this.comparison = event.detail)}
        @reveal=${(event: CustomEvent<string>) => (this.revealed = [...this.revealed, event.detail])}
        @copy=${(event: CustomEvent<string>) => void this.inspected.host().copy(event.detail)}
      ></lifeline-environ>`;
  }

  #newReader(): DetailReader<ShownEnviron> {
    return new DetailReader<ShownEnviron>(
      (exchange) => this.inspected.host().environ(exchange),
      () => this.requestUpdate(),
    );
  }

  #comparedId(): number | undefined {
    const { trace, exchange } = this.inspected;
    return this.comparison === 'none' ? undefined : previousRequests(trace, exchange.id)[this.comparison];
  }

  #earlier(): ComparedRequest[] {
    const { trace, exchange } = this.inspected;
    const previous = previousRequests(trace, exchange.id);
    const named = (id: number | undefined): string => {
      const row = id === undefined ? undefined : trace.exchange(id);
      return row ? `#${row.id} ${requestName(trace, row)}` : 'none';
    };
    return [
      {
        kind: 'connection',
        label: `Previous on this connection: ${named(previous.connection)}`,
        ...idOf(previous.connection),
      },
      { kind: 'any', label: `Previous request: ${named(previous.any)}`, ...idOf(previous.any) },
    ];
  }
}

function idOf(id: number | undefined): { readonly id?: number } {
  return id === undefined ? {} : { id };
}
