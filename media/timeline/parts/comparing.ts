import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { DetailReader } from '../model/detailReader';
import { holds, type Pin } from '../model/pins';
import type { Selection } from '../selection';
import './exchangeComparison';
import type { Feed } from './feed';

/** What a comparison needs of the page. */
export interface ComparingPage {
  readonly feed: Feed;
  readonly select: (selection: Selection) => void;
  /** It was closed by hand. */
  readonly leave: () => void;
}

/** The two exchanges that are compared, in the inspector's place, until something is selected. */
export class Comparing implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #page: ComparingPage;
  readonly #details: readonly [DetailReader, DetailReader];
  #pair: readonly [Pin, Pin] | undefined;

  constructor(host: ReactiveControllerHost, page: ComparingPage) {
    this.#host = host;
    this.#page = page;
    const reader = (): DetailReader =>
      new DetailReader(
        (exchange) => page.feed.host.detail(exchange),
        () => host.requestUpdate(),
      );
    this.#details = [reader(), reader()];
    host.addController(this);
  }

  get active(): boolean {
    return this.#pair !== undefined;
  }

  hostDisconnected(): void {
    this.end();
  }

  begin(was: number, is: number): void {
    const pin = (id: number): Pin => ({ id, start: this.#page.feed.trace.exchange(id)?.start ?? NaN });
    this.#pair = [pin(was), pin(is)];
    this.#details[0].want(was);
    this.#details[1].want(is);
    this.#host.requestUpdate();
  }

  end(): void {
    if (!this.#pair) return;
    this.#pair = undefined;
    for (const reader of this.#details) reader.want(undefined);
    this.#host.requestUpdate();
  }

  /** Another trace took the place of the one before: it may not have these two. */
  replaced(): void {
    const { trace } = this.#page.feed;
    if (this.#pair?.some((pin) => !holds(trace, pin))) this.end();
  }

  view(): TemplateResult | typeof nothing {
    if (!this.#pair) return nothing;
    const [was, is] = this.#pair;
    return html`<lifeline-exchange-comparison
      role="region"
      aria-label="Comparison"
      .trace=${this.#page.feed.trace}
      .version=${this.#page.feed.version}
      .clock=${this.#page.feed.clock}
      .pair=${[was.id, is.id]}
      .details=${this.#details.map(({ detail }) => detail)}
      .loading=${this.#details.some(({ loading }) => loading)}
      @select=${(event: CustomEvent<Selection>) => this.#page.select(event.detail)}
      @swap=${() => this.begin(is.id, was.id)}
      @close=${() => {
        this.end();
        this.#page.leave();
      }}
    ></lifeline-exchange-comparison>`;
  }
}
