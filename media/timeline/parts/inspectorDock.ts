import { html, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import type { HostFunctions } from '../../../src/core/trace/messages';
import type { OwnError } from '../model/ownError';
import { shareOf, type SavedState } from '../savedState';
import { nothingSelected, type Selection } from '../selection';
import type { Acting } from './acting';
import type { Feed } from './feed';
import './inspector';
import type { ChosenAction } from './requestActions';
import './sash';
import type { ToolAction } from './toolbar';

/** Narrower than this, the inspector lies below the picture, but for a page that is too low for two. */
const besideFrom = 820;
const belowFrom = 360;

type DockState = Pick<SavedState, 'selection' | 'inspectorWidth' | 'inspectorHeight' | 'inspectorOpen' | 'kernel'>;

/** What the page has to be able to do for its inspector. */
export interface DockedPage {
  readonly feed: Feed;
  readonly saved: () => DockState;
  readonly save: (part: Partial<DockState>) => void;
  readonly tool: (action: ToolAction) => void;
  readonly select: (selection: Selection) => void;
  readonly acting: Acting;
  /** The keyboard goes back to the picture. */
  readonly leave: () => void;
}

/** The inspector beside the picture or, on a narrow page, below it: whether it is shown, how large, and the line between. */
export class InspectorDock implements ReactiveController {
  readonly #host: LitElement;
  readonly #page: DockedPage;
  readonly #asked = (): HostFunctions => this.#page.feed.host;
  #stacked = false;
  #resized: ResizeObserver | undefined;

  constructor(host: LitElement, page: DockedPage) {
    this.#host = host;
    this.#page = page;
    host.addController(this);
  }

  /** It lies below the picture. */
  get stacked(): boolean {
    return this.#stacked;
  }

  /** There is room for it and, below the picture, something to show in it. */
  get shown(): boolean {
    const { inspectorOpen, selection } = this.#page.saved();
    return inspectorOpen && (!this.#stacked || selection.kind !== 'none');
  }

  hostConnected(): void {
    this.#resized = new ResizeObserver(() => {
      const stacked = this.#host.clientWidth < besideFrom && this.#host.clientHeight >= belowFrom;
      if (stacked === this.#stacked) return;
      this.#stacked = stacked;
      this.#host.requestUpdate();
    });
    this.#resized.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#resized?.disconnect();
  }

  hostUpdated(): void {
    const { inspectorHeight, inspectorWidth } = this.#page.saved();
    const share = this.#stacked ? inspectorHeight : inspectorWidth;
    const inspector = this.#inspector();
    inspector?.style.setProperty(this.#stacked ? 'height' : 'width', `${share * 100}%`);
    inspector?.style.setProperty(this.#stacked ? 'width' : 'height', 'auto');
  }

  render(errors: readonly OwnError[]): TemplateResult {
    const { selection, inspectorHeight, inspectorWidth, kernel } = this.#page.saved();
    const { acting, feed } = this.#page;
    const { server, trace, version, details, live, clock } = feed;
    return html`<lifeline-sash
        orientation=${this.#stacked ? 'horizontal' : 'vertical'}
        .value=${(this.#stacked ? inspectorHeight : inspectorWidth) * 100}
        @moved=${(event: CustomEvent<number>) => this.#resize(event.detail)}
      ></lifeline-sash>
      <lifeline-inspector
        role="region"
        aria-label="Inspector"
        .host=${this.#asked}
        .server=${server}
        .trace=${trace}
        .version=${version}
        .selection=${selection}
        .detail=${details.detail}
        .loading=${details.loading}
        .ticking=${live.ticking}
        .clock=${clock}
        .actions=${acting.situation}
        .covered=${acting.comparing}
        .kernel=${kernel}
        .looked=${trace.store.kernel.at}
        .ownErrors=${errors}
        @tool=${(event: CustomEvent<ToolAction>) => this.#page.tool(event.detail)}
        @select=${(event: CustomEvent<Selection>) => this.#page.select(event.detail)}
        @act=${(event: CustomEvent<ChosenAction>) => acting.act(event.detail)}
        @close=${() => this.#close()}
        >${acting.comparison()}</lifeline-inspector
      >`;
  }

  /** Opens it, and the keyboard goes there. */
  enter(): void {
    this.#page.save({ inspectorOpen: true });
    const focus = (): unknown => this.#inspector()?.focus();
    this.#host.updateComplete.then(focus, focus);
  }

  toggle(): void {
    if (this.#inspector()) this.#close();
    else this.#page.save({ inspectorOpen: true });
  }

  #close(): void {
    if (this.#stacked) this.#page.save({ selection: nothingSelected });
    else this.#page.save({ inspectorOpen: false });
    this.#page.leave();
  }

  #resize(pixels: number): void {
    const main = this.#host.renderRoot.querySelector('main');
    if (!main) return;
    const { inspectorWidth, inspectorHeight } = this.#page.saved();
    if (this.#stacked) {
      this.#page.save({ inspectorHeight: shareOf(inspectorHeight + pixels / main.clientHeight, inspectorHeight) });
    } else {
      this.#page.save({ inspectorWidth: shareOf(inspectorWidth + pixels / main.clientWidth, inspectorWidth) });
    }
  }

  #inspector(): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>('lifeline-inspector');
  }
}
