import {
  commands,
  workspace,
  type Disposable,
  type Uri,
  type WebviewPanel,
  type WebviewPanelSerializer,
  type WebviewView,
  type WebviewViewProvider,
} from 'vscode';
import type { RevealTarget } from '../core/trace/messages';
import { timelineViewId } from './ids';
import type { KernelFeed } from './kernelFeed';
import type { Overview } from './overview';
import type { LifelineServer } from './server';
import { readTimelineLocation, section } from './settings';
import { TimelinePage, type KeptState, type TimelineParts } from './timelinePage';
import { newTab, tabPlace, viewPlace, type TimelinePlace } from './timelinePlace';

/**
 * The one timeline of the window, where the setting wants it: shown anew, or brought to the front where it is open
 * already. It moves when the setting changes, with its selection, filter and all that the page has told to keep.
 *
 * While it is hidden its page is unloaded (`retainContextWhenHidden` is off in both places): messages to a hidden page
 * are lost in any case, so it would need a new snapshot all the same, and its copy of the trace would take memory.
 */
export class Timeline implements WebviewPanelSerializer, WebviewViewProvider, Disposable {
  readonly #extensionUri: Uri;
  readonly #server: LifelineServer;
  readonly #overview: Overview;
  readonly #kernel: KernelFeed;
  readonly #parts: TimelineParts;
  readonly #subscriptions: Disposable[];
  #open: TimelinePage | undefined;
  readonly #kept: KeptState = { state: undefined };
  /** To be revealed when the page is there. */
  #wanted: RevealTarget | undefined;
  /** The view went, as it does when the setting changes, before the change was told. */
  #viewGone = false;

  constructor(extensionUri: Uri, server: LifelineServer, overview: Overview, kernel: KernelFeed, parts: TimelineParts) {
    this.#extensionUri = extensionUri;
    this.#server = server;
    this.#overview = overview;
    this.#kernel = kernel;
    this.#parts = parts;
    this.#subscriptions = [
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${section}.timeline.location`)) this.#move();
      }),
      server.onDidClear(() => {
        // Its selection is of a trace that is gone.
        if (!this.#open) this.#kept.state = undefined;
      }),
    ];
  }

  show(preserveFocus = false): void {
    const location = readTimelineLocation();
    if (this.#open?.place.location === location) this.#open.place.show(preserveFocus);
    else if (location === 'editor') this.#adopt(tabPlace(newTab(preserveFocus), this.#extensionUri));
    // The editor makes the view, and has it resolved below.
    else void commands.executeCommand(`${timelineViewId}.focus`, { preserveFocus });
  }

  /** Shows it, with something selected. */
  reveal(target: RevealTarget): void {
    this.#wanted = target;
    this.show();
    this.#tellWanted();
  }

  /** After a reload of the window the editor hands the tab back; its page starts afresh and says `ready`. */
  deserializeWebviewPanel(panel: WebviewPanel): Promise<void> {
    if (readTimelineLocation() !== 'editor') {
      // The setting was changed while nobody heard it.
      panel.dispose();
      this.show(true);
    } else if (this.#open?.place.location === 'editor') panel.dispose();
    else this.#adopt(tabPlace(panel, this.#extensionUri));
    return Promise.resolve();
  }

  resolveWebviewView(view: WebviewView): void {
    this.#adopt(viewPlace(view));
  }

  /** The exchanges that are selected in it. */
  get chosen(): readonly number[] {
    return this.#open?.chosen ?? [];
  }

  /** What its page shows and how, for a page of the next window to go on from. */
  get pageState(): unknown {
    return this.#kept.state;
  }

  set pageState(state: unknown) {
    this.#kept.state = state;
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
    this.#open?.place.close();
    this.#open?.dispose();
  }

  /** The setting has changed. What nobody sees stays closed. */
  #move(): void {
    const open = this.#open;
    const location = readTimelineLocation();
    if (open?.place.location === location) return;
    const shown = open ? open.place.location === 'editor' || open.place.visible : this.#viewGone;
    this.#viewGone = false;
    this.#open = undefined;
    open?.dispose();
    open?.place.close();
    if (shown) this.show(true);
  }

  #adopt(place: TimelinePlace): void {
    this.#open?.dispose();
    this.#viewGone = false;
    const open = new TimelinePage(
      place,
      this.#extensionUri,
      this.#server,
      this.#overview,
      this.#kernel,
      this.#parts,
      this.#kept,
    );
    this.#open = open;
    place.onDidDispose(() => {
      if (this.#open !== open) return;
      this.#open = undefined;
      this.#viewGone = place.location === 'panel' && open.wasVisible;
      open.dispose();
      if (this.#viewGone && readTimelineLocation() === 'editor') this.#move();
    });
    this.#tellWanted();
  }

  #tellWanted(): void {
    if (!this.#open || !this.#wanted) return;
    this.#open.reveal(this.#wanted);
    this.#wanted = undefined;
  }
}
