import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Draft } from '../../../src/core/trace/draft';
import type { Replayed } from '../../../src/core/trace/messages';
import { messageOf } from '../format';
import { holds, type Pin } from '../model/pins';
import './editCard';
import type { Feed } from './feed';

/** What an editing needs of the page. */
export interface EditingPage {
  readonly feed: Feed;
  /** A request went out. */
  readonly sent: (replayed: Replayed) => void;
  /** The keyboard goes back to where it was. */
  readonly leave: () => void;
}

interface Edited {
  readonly exchange: number;
  /** Tells it from the exchange of another trace. */
  readonly pin: Pin;
  readonly first: Draft;
  readonly draft: Draft;
}

/**
 * The request that is being edited, if one is. A draft outlives its card, so that one can look something up; it is in
 * memory alone, as there may be secrets in it.
 */
export class Editing implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #page: EditingPage;
  readonly #drafts = new Map<number, Edited>();
  #open: number | undefined;
  #sending = false;
  #error = '';

  constructor(host: ReactiveControllerHost, page: EditingPage) {
    this.#host = host;
    this.#page = page;
    host.addController(this);
  }

  /** Nothing to do: what is open shows with the page. */
  hostConnected(): void {
    this.#sending = false;
  }

  /** Opens the form, with what was typed there before. */
  async begin(exchange: number): Promise<void> {
    if (!this.#drafts.has(exchange)) {
      const first = await this.#page.feed.host.draft(exchange);
      const start = this.#page.feed.trace.exchange(exchange)?.start ?? NaN;
      this.#keep({ exchange, pin: { id: exchange, start }, first, draft: first });
    }
    this.#open = exchange;
    this.#error = '';
    this.#host.requestUpdate();
  }

  /** Drafts of another trace are of no use: ids count from 1 there. */
  replaced(): void {
    for (const { exchange, pin } of this.#drafts.values()) {
      if (!holds(this.#page.feed.trace, pin)) this.#drafts.delete(exchange);
    }
    this.#host.requestUpdate();
  }

  card(): TemplateResult | typeof nothing {
    const edited = this.#drafts.get(this.#open ?? NaN);
    if (!edited) return nothing;
    const { exchange, first, draft } = edited;
    return html`<lifeline-edit-card
      .exchange=${exchange}
      .first=${first}
      .draft=${draft}
      .address=${this.#page.feed.server?.address}
      .sending=${this.#sending}
      .error=${this.#error}
      @edit=${(event: CustomEvent<Draft>) => this.#edit({ ...edited, draft: event.detail })}
      @send=${() => void this.#send(edited)}
      @close=${() => this.#close()}
    ></lifeline-edit-card>`;
  }

  #edit(edited: Edited): void {
    this.#error = '';
    this.#keep(edited);
    this.#host.requestUpdate();
  }

  #keep(edited: Edited): void {
    this.#drafts.delete(edited.exchange);
    this.#drafts.set(edited.exchange, edited);
    const [oldest] = this.#drafts.keys();
    if (this.#drafts.size > mostDrafts && oldest !== undefined) this.#drafts.delete(oldest);
  }

  async #send({ exchange, draft }: Edited): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    this.#host.requestUpdate();
    try {
      const replayed = await this.#page.feed.host.sendDraft(exchange, draft);
      this.#close();
      this.#page.sent(replayed);
    } catch (error) {
      this.#error = messageOf(error);
    } finally {
      this.#sending = false;
      this.#host.requestUpdate();
    }
  }

  #close(): void {
    this.#open = undefined;
    this.#error = '';
    this.#host.requestUpdate();
    // As long as the dialog is there, nothing beside it takes the focus.
    const leave = (): void => this.#page.leave();
    this.#host.updateComplete.then(leave, leave);
  }
}

const mostDrafts = 20;
