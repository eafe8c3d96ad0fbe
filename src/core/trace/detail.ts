import type { Provenance } from './phases';

/** The cold data of one exchange: kept beside the server under a byte budget, fetched when somebody looks. */
export interface ExchangeDetail {
  readonly exchange: number;
  /** Request head as received, latin-1, without the empty line; empty where none was complete. */
  readonly requestHead: string;
  /** What arrived of a head that was refused or never became complete, in latin-1, with what followed it. */
  readonly brokenHead?: string;
  /** Only where the request had one. */
  readonly requestBody?: WireBytes;
  /** Response head as sent, latin-1, without the empty line; empty where none was sent. */
  readonly responseHead: string;
  readonly marks: readonly Mark[];
  /** What the app wrote while it ran this exchange. */
  readonly logs: readonly LogLine[];
  /** What was against the rules, or could be better. */
  readonly findings: readonly Finding[];
  /** Why it went wrong, where it did. */
  readonly problem?: Problem;
  /** Where it was sent again from here: which exchange it was before. */
  readonly replayOf?: ReplayOrigin;
}

/** Which exchange was sent again. */
export interface ReplayOrigin {
  readonly exchange: number;
  /** It went out as somebody had edited it, not byte for byte. */
  readonly edited: boolean;
}

/** A body, or a whole message, as it was on the wire: the framing of chunks stands in it. */
export interface WireBytes {
  readonly bytes: Uint8Array;
  /** This is only its beginning: it is larger than what is kept, or never came to its end. */
  readonly truncated: boolean;
  /** Bytes that went over the wire, kept or not. */
  readonly size: number;
}

/** An instant inside a phase. */
export interface Mark {
  readonly name: MarkName;
  /** ms on the trace's clock */
  readonly at: number;
  /** bytes, for the marks that move some */
  readonly size?: number;
  readonly provenance: Provenance;
}

export type MarkName = 'recv' | 'start_response' | 'yield' | 'write()' | 'close()' | 'stall' | 'drain' | '100 Continue';

export interface LogLine {
  /** ms on the trace's clock */
  readonly at: number;
  readonly stream: 'stdout' | 'stderr' | 'wsgi.errors';
  readonly text: string;
}

/** Something that the app or the client did which PEP 3333 or an RFC has a word on, at the instant it was seen. */
export interface Finding {
  /** ms on the trace's clock */
  readonly at: number;
  /** "error": nothing could be sent, or not as it was meant; "warning": mended on the way; "info": could be better. */
  readonly level: 'info' | 'warning' | 'error';
  /** Stable, for tests and searches: "hop-by-hop", "body-too-long". */
  readonly code: string;
  /** One sentence: what happened and, where that is not plain, what to do. */
  readonly message: string;
  /** Where the rule stands: "PEP 3333, The start_response() Callable", "RFC 9110, 8.6. Content-Length". */
  readonly reference: string;
}

export interface Problem {
  /** Whose fault it is. */
  readonly fault: 'peer' | 'app' | 'server';
  /** Stable, for tests and searches: "bad-request-line", "app-exception". */
  readonly code: string;
  /** One sentence: what happened and, where that is known, what to do. */
  readonly message: string;
  /** The traceback, where the app raised. */
  readonly traceback?: string;
}
