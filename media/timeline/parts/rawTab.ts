import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { RawExchange } from '../../../src/core/trace/raw';
import { DetailReader } from '../model/detailReader';
import { missing, type Inspected } from './inspected';
import './rawBytes';
import type { RevealedField } from './rawBytes';
import { baseStyles } from './styles';

/** The tab of the raw bytes: asks for them when it is opened, and again when the exchange has gone on. */
@customElement('lifeline-raw-tab')
export class RawTab extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        height: 100%;
      }
    `,
  ];

  @property({ attribute: false }) inspected!: Inspected;
  readonly #reader = new DetailReader<RawExchange>(
    (exchange) => this.inspected.host().raw(exchange),
    () => this.requestUpdate(),
  );
  #seen = '';
  #timer: number | undefined;

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('inspected')) return;
    const { id, bytesIn, bytesOut, end } = this.inspected.exchange;
    const state = [id, bytesIn, bytesOut, end].join();
    const goesOn = this.#reader.wanted === id && state !== this.#seen;
    this.#seen = state;
    this.#reader.want(id);
    if (goesOn) this.#timer ??= window.setTimeout(() => this.#readAgain(), pauseMs);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  override render(): TemplateResult {
    const { detail: raw, loading } = this.#reader;
    const { detail, exchange, revealed, reveal } = this.inspected;
    // It stays while others are loaded, and with it the direction that was chosen.
    return html`${raw ? nothing : missing({ ...this.inspected, loading })}<lifeline-raw-bytes
        ?hidden=${!raw}
        .raw=${raw}
        .exchange=${exchange.id}
        .open=${Number.isNaN(exchange.end)}
        .refused=${detail?.requestHead === ''}
        .revealed=${revealed}
        @reveal=${({ detail: { head, index } }: CustomEvent<RevealedField>) => reveal({ place: head, index })}
      ></lifeline-raw-bytes>`;
  }

  #readAgain(): void {
    this.#timer = undefined;
    this.#reader.changed();
  }
}

/** A long response changes with every batch, and its bytes are many. */
const pauseMs = 400;
