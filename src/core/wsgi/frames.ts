/**
 * The contract with an app worker. Its other half is `src/workers/python/lifeline_bridge/frames.py`: same order, same
 * names.
 *
 * A frame is a 9-byte little-endian header, `u32 length` of the payload, `u8 type`, `u32 call`, and the payload. Call 0
 * is the worker itself. All times are float64 milliseconds on the sender's own monotonic clock. Strings are latin-1
 * where HTTP says so (environ, response head) and UTF-8 elsewhere.
 *
 * The worker reads frames from file descriptor 0 and writes frames to 1; it reads nudges, single bytes without a
 * meaning of their own, from 3. It exits when 0 ends.
 *
 * Credit: the worker may send `initialCredit` bytes of response body for each call and then waits for `credit`; the
 * server may send `initialCredit` bytes of request body ahead of `readBody`.
 */
export const headerSize = 9;
export const initialCredit = 256 * 1024;
/** Longer payloads mean that the two sides do not understand each other. */
export const longestPayload = 16 * 1024 * 1024;

/** From the server to the worker. */
export const toWorker = {
  /** `u8 flags` (see `callFlags`), then the environ's own variables: name NUL value NUL ... in latin-1. */
  call: 1,
  /** Bytes of the request body. */
  body: 2,
  /** The request body is complete. No payload. */
  bodyEnd: 3,
  /** The client has gone: stop as soon as possible, the response is thrown away. `u8`: 1 if it is not to be started. */
  abort: 4,
  /** `u32` more bytes of response body that may be sent. */
  credit: 5,
  /** `f64` the server's clock: answer at once with `clock`. */
  clock: 6,
  /** Answer with `aborted` if no slot has taken the call yet, and forget it; else it goes on. No payload. */
  recall: 7,
} as const;

export const callFlags = {
  /** `body` and `bodyEnd` frames follow. Without it the body is empty. */
  body: 1,
  /** The client waits for 100 Continue: no body comes before the worker sends `readBody`. */
  expectsContinue: 2,
} as const;

/** From the worker to the server. */
export const fromWorker = {
  /** The app is imported. JSON `{pid, python, app}`: process id, version, and what was found ("hello.py:application"). */
  ready: 65,
  /** The app could not be imported. JSON `{code, message, traceback}`; the worker exits after it. */
  failed: 66,
  /** `f64` the server's clock as sent, `f64` the worker's clock when it read that, `f64` when it answered. */
  clock: 67,
  /** A call runs for a while already: `u8 slot`, `f64` when it began. Short calls skip this. */
  started: 68,
  /**
   * `u8 slot`, `u8 flags` (see `headFlags`), `u16 status`, `f64` app called, `f64` start_response called,
   * `f64` Content-Length or -1, `u16` length of the reason phrase, the reason, then the header lines, each ended by CRLF.
   */
  head: 69,
  /** `f64` when it was yielded, `u8` 0 for a yield and 1 for `write()`, then bytes of the response body. */
  chunk: 70,
  /**
   * `f64` when the iterable was exhausted and `close()` had returned, `f64` when close() was called or NaN, `f64` ms of
   * processor time that the call took, or NaN: of short calls it is not known.
   */
  end: 71,
  /**
   * A whole response of one block: `f64` end, `f64` yielded, `f64` processor time as in `end`, `u32` length of what
   * follows as in `head`, that, the block.
   */
  reply: 72,
  /**
   * The call is over, with an error of the app: `u8 slot`, `f64` app called, `f64` end, `f64` processor time as in `end`,
   * then JSON `{code, message, traceback}`. Where a head was sent before, the response is cut short.
   */
  raised: 73,
  /** `u32` bytes of the request body that the app has consumed: as many more may be sent. The first may carry 0. */
  readBody: 74,
  /** What was written while the call ran (call 0: outside any): `f64` when, `u8` stream (see `streams`), UTF-8 text. */
  log: 75,
  /**
   * An aborted call is over: `f64` end. Answers `abort` when no `end`, `reply` or `raised` went out before, and `recall`
   * where the call was given back.
   */
  aborted: 76,
  /**
   * The app did something against the rules, or in a way that could be better: `f64` when, then JSON
   * `{level, code, message, reference}`. The call goes on, or `raised` follows.
   */
  finding: 77,
  /** The app is about to open a connection to the server that called it: `u16` port that it comes from. */
  connects: 78,
} as const;

export const headFlags = {
  /** The app set a Date field itself. */
  date: 1,
  /** The app set a Server field itself. */
  server: 2,
} as const;

export const streams = ['stdout', 'stderr', 'wsgi.errors'] as const;

export type ToWorkerType = (typeof toWorker)[keyof typeof toWorker];
export type FromWorkerType = (typeof fromWorker)[keyof typeof fromWorker];
