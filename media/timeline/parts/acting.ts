import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { assertNever } from '../../../src/core/assertNever';
import { copiedRow } from '../../../src/core/trace/copiedRow';
import type { Replayed } from '../../../src/core/trace/messages';
import { counted } from '../format';
import type { RequestKey } from '../keys';
import { previousAlike } from '../model/comparedPair';
import { isPinned, pinsIn, pinToggled, type Pin } from '../model/pins';
import type { SavedState } from '../savedState';
import type { Selection } from '../selection';
import type { Choosing } from './choosing';
import { Comparing } from './comparing';
import { Editing } from './editing';
import type { Feed } from './feed';
import './pinBar';
import { carryOut, type ChosenAction } from './requestActions';
import type { ComparedWith, RequestAction, RequestSituation } from './requestMenu';

/** What the actions need of the page. */
export interface ActingPage {
  readonly feed: Feed;
  readonly choosing: Choosing;
  readonly saved: () => Pick<SavedState, 'selection' | 'pins'>;
  readonly save: (part: Partial<Pick<SavedState, 'pins' | 'inspectorOpen'>>) => void;
  readonly select: (selection: Selection) => void;
  /** Selects it and brings it into the picture, which stands still no longer. */
  readonly reveal: (selection: Selection) => void;
  /** Says what came of it. */
  readonly ask: (answer: Promise<unknown>) => void;
  /** The keyboard goes back to the picture. */
  readonly leave: () => void;
}

/** What can be done with requests, by menu, key or chip; what needs VS Code, the host does. */
export class Acting implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #page: ActingPage;
  readonly #editing: Editing;
  readonly #comparing: Comparing;
  #pinned: readonly number[] = [];

  constructor(host: ReactiveControllerHost, page: ActingPage) {
    this.#host = host;
    this.#page = page;
    this.#editing = new Editing(host, { ...page, sent: (replayed) => this.#sent(replayed) });
    this.#comparing = new Comparing(host, page);
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('copy', this.#onCopy);
  }

  hostDisconnected(): void {
    document.removeEventListener('copy', this.#onCopy);
  }

  get comparing(): boolean {
    return this.#comparing.active;
  }

  get pins(): readonly Pin[] {
    return pinsIn(this.#page.feed.trace, this.#page.saved().pins);
  }

  /** Their ids: the same list as long as they are the same. */
  get pinned(): readonly number[] {
    const { pins } = this;
    const ids = pins.map(({ id }) => id);
    if (ids.join() !== this.#pinned.join()) this.#pinned = ids;
    return this.#pinned;
  }

  /** What the menu of the selected request has to know. */
  get situation(): RequestSituation {
    const { pins } = this;
    const { selection } = this.#page.saved();
    const id = selection.kind === 'exchange' ? selection.id : 0;
    const { choice } = this.#page.choosing;
    return {
      pinned: isPinned(pins, id),
      otherPinned: pins.some((pin) => pin.id !== id),
      chosen: choice.has(id) ? choice.size : 0,
    };
  }

  act({ action, exchange, revealed }: ChosenAction): void {
    const { feed, ask } = this.#page;
    switch (action.kind) {
      case 'replay':
        ask(this.#replay(exchange));
        return;
      case 'edit':
        ask(this.#editing.begin(exchange));
        return;
      case 'compare':
        ask(this.#compare(exchange, action.with));
        return;
      case 'pin':
        this.#pin(exchange);
        return;
      case 'copyRow':
        ask(this.#copyRows(this.#page.choosing.choice.has(exchange) ? this.#meant : [exchange]));
        return;
      case 'copyAs':
      case 'open':
      case 'saveBody':
      case 'openSource':
        ask(carryOut({ action, exchange, revealed }, feed.host));
        return;
      default:
        assertNever(action);
    }
  }

  /** By a key: for what is selected. */
  key(kind: RequestKey): void {
    const { selection } = this.#page.saved();
    if (selection.kind !== 'exchange') {
      this.#page.ask(Promise.resolve('Select a request first.'));
      return;
    }
    const chosen = this.#page.choosing.choice.size === 2;
    const action: RequestAction = kind === 'compare' ? { kind, with: chosen ? 'chosen' : 'previous' } : { kind };
    this.act({ action, exchange: selection.id, revealed: { requestHead: [], responseHead: [] } });
  }

  /** Something was selected by hand: it is to be seen. */
  selected(): void {
    this.#comparing.end();
  }

  /** Another trace took the place of the one before. */
  replaced(): void {
    const { pins } = this;
    if (pins !== this.#page.saved().pins) this.#page.save({ pins });
    this.#editing.replaced();
    this.#comparing.replaced();
  }

  /** The pinned requests, to stand above the picture. */
  pinBar(): TemplateResult | typeof nothing {
    const { pins } = this;
    if (pins.length === 0) return nothing;
    const { selection } = this.#page.saved();
    return html`<lifeline-pins
      .trace=${this.#page.feed.trace}
      .version=${this.#page.feed.version}
      .pins=${pins}
      .selected=${selection.kind === 'exchange' ? selection.id : undefined}
      @select=${(event: CustomEvent<Selection>) => this.#page.select(event.detail)}
      @unpin=${(event: CustomEvent<number>) => this.#pin(event.detail)}
    ></lifeline-pins>`;
  }

  /** The form in which a request is edited, while one is. */
  card(): TemplateResult | typeof nothing {
    return this.#editing.card();
  }

  /** The comparison, to stand in the inspector's place. */
  comparison(): TemplateResult | typeof nothing {
    return this.#comparing.view();
  }

  /** What can be done with the requests that are chosen. */
  chips(): TemplateResult | typeof nothing {
    const { size } = this.#page.choosing.choice;
    if (size < 2) return nothing;
    const compare = html`<button class="tool chip" title="Compare them (D)" @click=${() => this.#compareChosen()}>
      Compare both
    </button>`;
    return html`${size === 2 ? compare : nothing}<button
        class="tool chip"
        title="Copy them as rows for a spreadsheet (Ctrl+C)"
        @click=${() => this.#page.ask(this.#copyRows(this.#meant))}
      >
        Copy ${counted(size, 'row')}
      </button>`;
  }

  /** What a command would take. */
  get #meant(): readonly number[] {
    return this.#page.choosing.meant(this.#page.feed.trace, this.#page.saved().selection);
  }

  async #replay(exchange: number): Promise<string> {
    const replayed = await this.#page.feed.host.replay(exchange);
    this.#show(replayed);
    return replayed.said;
  }

  #sent(replayed: Replayed): void {
    this.#show(replayed);
    this.#page.ask(Promise.resolve(replayed.said));
  }

  #show({ exchange, connection }: Replayed): void {
    if (exchange !== undefined) this.#page.reveal({ kind: 'exchange', id: exchange });
    else if (connection !== undefined) this.#page.reveal({ kind: 'connection', id: connection });
  }

  #compareChosen(): void {
    this.#page.ask(this.#compare(NaN, 'chosen'));
  }

  /** The older one comes first. */
  #compare(exchange: number, other: ComparedWith): Promise<string> {
    const pair = this.#pairOf(exchange, other);
    if (typeof pair === 'string') return Promise.reject(new Error(pair));
    this.#page.save({ inspectorOpen: true });
    if (this.#page.saved().selection.kind === 'none') this.#page.select({ kind: 'exchange', id: pair[1] });
    this.#comparing.begin(Math.min(...pair), Math.max(...pair));
    return Promise.resolve('');
  }

  #pairOf(exchange: number, other: ComparedWith): readonly [number, number] | string {
    switch (other) {
      case 'chosen': {
        const [was, is] = this.#meant;
        return was !== undefined && is !== undefined ? [was, is] : 'Choose two requests with Ctrl+click or X.';
      }
      case 'pinned': {
        const pin = this.pins.filter(({ id }) => id !== exchange).at(-1);
        return pin ? [pin.id, exchange] : 'Pin another request first.';
      }
      case 'previous': {
        const previous = previousAlike(this.#page.feed.trace, exchange);
        return previous === undefined
          ? 'No request before it has its method and path. Choose two with Ctrl+click.'
          : [previous, exchange];
      }
      default:
        return assertNever(other);
    }
  }

  #pin(exchange: number): void {
    this.#page.save({ pins: pinToggled(this.#page.saved().pins, this.#page.feed.trace, exchange) });
    this.#host.requestUpdate();
  }

  async #copyRows(exchanges: readonly number[]): Promise<string> {
    const rows = this.#rows(exchanges);
    if (rows.length === 0) throw new Error('The trace has forgotten this request.');
    await this.#page.feed.host.copy(rows.join('\n'));
    return rows.length === 1 ? 'Copied the row.' : `Copied ${rows.length} rows.`;
  }

  #rows(exchanges: readonly number[]): string[] {
    const [trace, now] = [this.#page.feed.trace, this.#page.feed.clock()];
    return exchanges.flatMap((id) => {
      const row = trace.exchange(id);
      return row ? copiedRow(row, trace.connection(row.connection), trace.store, now) : [];
    });
  }

  /** Ctrl+C means the requests where no text is selected and none is being typed. */
  readonly #onCopy = (event: ClipboardEvent): void => {
    const from = event.composedPath()[0];
    const typing = from instanceof HTMLInputElement || from instanceof HTMLTextAreaElement;
    if (typing || (document.getSelection()?.toString() ?? '') !== '') return;
    const rows = this.#rows(this.#meant);
    if (rows.length === 0) return;
    event.clipboardData?.setData('text/plain', rows.join('\n'));
    event.preventDefault();
    this.#page.ask(Promise.resolve(rows.length === 1 ? 'Copied the row.' : `Copied ${rows.length} rows.`));
  };
}
