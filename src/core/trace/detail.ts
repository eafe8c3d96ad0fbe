import type { Provenance } from './phases';

/** The cold data of one exchange: kept beside the server under a byte budget, fetched when somebody looks. */
export interface ExchangeDetail {
  readonly exchange: number;
  /** Request head as received, latin-1, without the empty line; empty where none was complete. */
  readonly requestHead: string;
  /** Response head as sent, latin-1, without the empty line; empty where none was sent. */
  readonly responseHead: string;
  readonly marks: readonly Mark[];
  /** What the app wrote while it ran this exchange. */
  readonly logs: readonly LogLine[];
  /** Why it went wrong, where it did. */
  readonly problem?: Problem;
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
