import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { readHead, type Field } from '../../../src/core/trace/heads';
import type { HostFunctions } from '../../../src/core/trace/messages';
import { cookiesOf, setCookiesOf } from '../model/content/cookies';
import { queryPairs } from '../model/content/urlencoded';
import { visible, visibleBytes, visibleText } from '../model/content/visibleText';
import { nothingRevealed, type Revealed, type Revelation, type SecretPlace } from '../revealed';
import './content/bodyView';
import './content/pairTable';
import type { ShownPair } from './content/pairTable';
import './headView';
import type { RequestAction } from './requestMenu';
import { section, sectionStyles } from './sections';
import { baseStyles } from './styles';

/** A table of what the head says. */
interface Told {
  readonly label: string;
  readonly pairs: readonly ShownPair[];
  /** Where its secrets stand, if it may have some. */
  readonly place?: SecretPlace;
}

/**
 * A request or a response: its head, the tables that can be read from it, and its body.
 * Events: `reveal` with a `Revelation`, `act` with a `RequestAction`.
 */
@customElement('lifeline-message')
export class MessageView extends LitElement {
  static override styles = [baseStyles, sectionStyles];

  @property() side: 'request' | 'response' = 'request';
  /** As on the wire; empty where there is none. */
  @property() head = '';
  /** The exchange's id. */
  @property({ type: Number }) exchange = 0;
  /** Changes when there may be more of the body. */
  @property({ attribute: false }) progress: unknown;
  @property({ attribute: false }) revealed: Revealed = nothingRevealed;
  @property({ attribute: false }) host: (() => Pick<HostFunctions, 'body'>) | undefined;
  #fields: readonly Field[] = [];
  #told: readonly Told[] = [];

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('head') && !changed.has('side')) return;
    const { firstLine, fields } = readHead(this.head);
    this.#fields = fields;
    this.#told = this.side === 'request' ? toldByRequest(firstLine, fields) : toldByResponse(fields);
  }

  override render(): TemplateResult {
    const place = `${this.side}Head` as const;
    return html`
      <lifeline-head
        class="section"
        .head=${this.head}
        .absent=${this.side === 'request' ? 'No complete request head arrived.' : 'No response was sent.'}
        .revealed=${this.revealed[place] ?? none}
        @reveal=${(event: CustomEvent<number>) => this.#reveal({ place, index: event.detail })}
      ></lifeline-head>
      ${this.#told.map((told) => this.#table(told))} ${this.#mayHaveBody ? this.#body() : nothing}
    `;
  }

  #table({ label, pairs, place }: Told): TemplateResult | typeof nothing {
    if (pairs.length === 0) return nothing;
    return section(
      label,
      html`<lifeline-pairs
        .label=${label}
        .pairs=${pairs}
        .revealed=${place ? (this.revealed[place] ?? none) : none}
        @reveal=${(event: CustomEvent<number>) => place && this.#reveal({ place, index: event.detail })}
      ></lifeline-pairs>`,
      pairs.length,
    );
  }

  #body(): TemplateResult {
    const { exchange, side, host } = this;
    const place = `${side}Body` as const;
    return section(
      'Body',
      html`<lifeline-body
        .load=${() => host?.().body(exchange, side)}
        .key=${`${side} ${exchange}`}
        .progress=${this.progress}
        .contentType=${valueOf(this.#fields, 'content-type')}
        .revealed=${this.revealed[place] ?? none}
        @reveal=${(event: CustomEvent<number>) => this.#reveal({ place, index: event.detail })}
        @save=${() => this.#act({ kind: 'saveBody', message: side })}
        @open=${() => this.#act({ kind: 'open', part: place })}
      ></lifeline-body>`,
    );
  }

  /** A request has a body where its head says so (RFC 9112 section 6); a response may always have one. */
  get #mayHaveBody(): boolean {
    if (this.side === 'response') return this.head !== '';
    return valueOf(this.#fields, 'transfer-encoding') !== '' || Number(valueOf(this.#fields, 'content-length')) > 0;
  }

  #reveal(detail: Revelation): void {
    this.dispatchEvent(new CustomEvent<Revelation>('reveal', { detail }));
  }

  #act(detail: RequestAction): void {
    this.dispatchEvent(new CustomEvent<RequestAction>('act', { detail }));
  }
}

const none: readonly number[] = [];

function toldByRequest(firstLine: string, fields: readonly Field[]): Told[] {
  // The target is in the lanes, in the title and above: a mask here would hide nothing.
  const query = queryPairs(firstLine.split(' ')[1] ?? '').map(({ name, value }) => {
    return { name: visibleBytes(name), value: visibleBytes(value), secret: false };
  });
  const cookies = cookiesOf(fields).map(({ name, value }) => {
    return { name: visible(name), value: visible(value), secret: true };
  });
  return [
    { label: 'Query parameters', pairs: query },
    { label: 'Cookies', pairs: cookies, place: 'cookies' },
  ];
}

function toldByResponse(fields: readonly Field[]): Told[] {
  const cookies = setCookiesOf(fields).map(({ name, value, attributes }) => {
    return { name: visible(name), value: visible(value), note: attributes.map(visibleText).join('; '), secret: true };
  });
  return [{ label: 'Cookies that are set', pairs: cookies, place: 'setCookies' }];
}

function valueOf(fields: readonly Field[], wanted: string): string {
  return fields.find(({ name }) => name.toLowerCase() === wanted)?.value ?? '';
}
