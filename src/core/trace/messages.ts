import type { Batch } from './batch';
import type { Comparison } from './comparison';
import type { CopyForm } from './copyAs';
import type { ExchangeDetail } from './detail';
import type { Draft } from './draft';
import type { TracePart } from './handover';
import type { KernelView } from './kernelView';
import type { RawExchange } from './raw';
import type { ShownEnviron } from './shownEnviron';

/**
 * Everything that the extension host and the timeline webview say to each other.
 *
 * The webview speaks first (`ready`) and gets one snapshot, of a long trace in parts; batches come numbered, at most one
 * per 16 ms. Where a number is missing (a hidden webview loses messages), the webview says `ready` again. Requests with an answer go
 * through birpc, wrapped in `rpc`. What the kernel tells is read while the webview says that it shows it: it gets all that
 * is known so far as one view, and then what changes. What the page would keep over a reload it tells (`saved`), so that a page in
 * another place of the window can go on from there (`restore`, before the snapshot).
 */
export type ToWebview =
  | SnapshotMessage
  | { readonly type: 'part'; readonly index: number; readonly part: TracePart }
  | { readonly type: 'batch'; readonly number: number; readonly batch: Batch }
  | { readonly type: 'state'; readonly state: ServerState }
  | { readonly type: 'filters'; readonly filters: readonly NamedFilter[] }
  | { readonly type: 'kernel'; readonly view: KernelView }
  | { readonly type: 'reveal'; readonly target: RevealTarget }
  | { readonly type: 'restore'; readonly state: unknown }
  | { readonly type: 'rpc'; readonly data: unknown };

/** The trace so far, or where parts follow, its newest end: see `Handover`. */
export interface SnapshotMessage {
  readonly type: 'snapshot';
  readonly number: number;
  readonly batch: Batch;
  readonly capacity: number;
  readonly parts: number;
}

/** What is to be selected in the timeline, and brought into view. */
export interface RevealTarget {
  readonly kind: 'connection' | 'exchange';
  readonly id: number;
}

/** What the host says to the page of a comparison, whenever it says `ready`. */
export interface ToComparison {
  readonly type: 'comparison';
  readonly comparison: Comparison;
}

export type FromWebview =
  | { readonly type: 'ready' }
  | { readonly type: 'kernel'; readonly shown: boolean }
  | { readonly type: 'saved'; readonly state: unknown }
  | { readonly type: 'rpc'; readonly data: unknown };

/** What the webview may ask of the extension host. */
export interface HostFunctions {
  /** Undefined where it was never kept, or is forgotten. */
  detail(exchange: number): Promise<ExchangeDetail | undefined>;
  /** The content of the request or of the response; undefined where it is forgotten. */
  body(exchange: number, message: 'request' | 'response'): Promise<MessageBody | undefined>;
  /** Undefined where it was never kept, or is forgotten. */
  raw(exchange: number): Promise<RawExchange | undefined>;
  /** What the app was given; undefined where that is forgotten. */
  environ(exchange: number): Promise<ShownEnviron | undefined>;
  /** Runs one of the commands that the timeline offers. */
  run(command: TimelineCommand): Promise<void>;
  /** Puts text on the clipboard. */
  copy(text: string): Promise<void>;
  /** Forgets the trace, in the host and in every viewer. */
  clear(): Promise<void>;
  /** These exchanges are selected: what is asked of a selection elsewhere means them. */
  choose(exchanges: readonly number[]): Promise<void>;
  /** Sends these exchanges again under another concurrency model. */
  runAgain(exchanges: readonly number[]): Promise<void>;
  /**
   * Puts a request on the clipboard, to be sent again by another client. Bodies go to the webview only to be shown, so the
   * text is made here. Answers with what to say of it.
   * @param revealed positions of the fields whose secrets may be seen
   */
  copyAs(exchange: number, form: CopyForm, revealed: readonly number[]): Promise<string>;
  /** Opens a part of an exchange as an untitled document; answers with what to say of it. */
  open(exchange: number, part: ExchangePart, revealed: readonly number[]): Promise<string>;
  /** Asks for a file and saves a body there; answers with what to say of it. */
  saveBody(exchange: number, message: 'request' | 'response'): Promise<string>;
  /** Opens a file that a traceback names at a line, where it is of the workspace or of what the app imports. */
  openSource(file: string, line: number): Promise<void>;
  /**
   * Sends the bytes of a request to the server again, on a connection of its own; first asks where they may change
   * something.
   */
  replay(exchange: number): Promise<Replayed>;
  /** The request as a form can edit it. */
  draft(exchange: number): Promise<Draft>;
  /** Sends what the form has made of a request. */
  sendDraft(exchange: number, draft: Draft): Promise<Replayed>;
  /** Asks for what is needed to keep a filter under a name, to rename or to delete one; answers with what to say of it. */
  editFilters(change: FilterChange, text: string): Promise<string>;
}

/** The content of a request or a response: its body without the framing of chunks. */
export interface MessageBody {
  /** With its content codings undone, as far as they could be. */
  readonly bytes: Uint8Array;
  /** There was more of it: only the beginning is kept, or it did not come whole, or it is too large when decoded. */
  readonly truncated: boolean;
  /** Bytes that are kept, codings applied. */
  readonly kept: number;
  /** Bytes that went over the wire, kept or not, codings applied; framing may be among them where some are not kept. */
  readonly size: number;
  /** Bytes that there should be, by Content-Length. */
  readonly announced?: number;
  /** The content codings that were undone: "gzip"; empty where there were none. */
  readonly decoded: string;
  /** Why the bytes are still encoded, in a sentence. */
  readonly undecodable?: string;
}

/** Where a request that was sent again is in the trace, as far as it is known yet; neither where it was not sent. */
export interface Replayed {
  readonly exchange?: number;
  readonly connection?: number;
  /** What to say of it. */
  readonly said: string;
}

/** A filter that is kept under a name. */
export interface NamedFilter {
  readonly name: string;
  readonly text: string;
}

export type FilterChange = 'save' | 'rename' | 'delete';

/** What can be opened by itself. */
export type ExchangePart = 'requestHead' | 'responseHead' | 'requestBody' | 'responseBody';

export type TimelineCommand =
  'start' | 'stop' | 'restart' | 'setAppFile' | 'setConcurrency' | 'openInBrowser' | 'showLog' | 'manageTrust';

export type ServerStatus = 'stopped' | 'starting' | 'running' | 'stopping' | 'failed';

/** The server as the user interface shows it. */
export interface ServerState {
  readonly status: ServerStatus;
  /** The workspace is not trusted: nothing of it may run. */
  readonly restricted: boolean;
  /** The app as the user set it, e.g. "hello.py" or "djangoapp:app"; empty where none is set. */
  readonly app: string;
  /** "127.0.0.1:8888", while it listens. */
  readonly address?: string;
  /** What a browser opens: through `asExternalUri`, so it may carry a path prefix. */
  readonly url?: string;
  /** "threads × 4" */
  readonly concurrency: string;
  /** Most app calls at a time. */
  readonly slots: number;
  /** Which interpreter runs the app, and why that one. */
  readonly python?: string;
  /** Uncertainty of the app workers' clocks against the server's, in ms: the largest, and that of each. */
  readonly clockError?: number;
  readonly clocks?: readonly { readonly worker: number; readonly error: number }[];
  /** What failed and what to do, where something did. */
  readonly problem?: string;
  /** Wall-clock time of the trace's zero, in ms since 1970. */
  readonly clockOriginUnixMs: number;
}
