/**
 * The hot data of the trace, as typed columns: one row an exchange, one row a connection.
 *
 * A schema names the columns and their array types; tables, batches and the messages between threads are all made
 * from it, so a new column is one new line here. Times are milliseconds on the trace's one monotonic clock, whose
 * zero is `clockOriginUnixMs`. Instants are float64. Offsets are float32 milliseconds after the row's `start`
 * (exact to 0.1 ms for an exchange of 20 minutes). NaN means "has not happened".
 */

export type ColumnArray = Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array;
type ColumnType =
  typeof Float64Array | typeof Float32Array | typeof Uint32Array | typeof Uint16Array | typeof Uint8Array;
export type Schema = Readonly<Record<string, ColumnType>>;
/** A schema of rows that are known by an id. */
export type RowSchema = Schema & { readonly id: typeof Uint32Array };
/** As a table keeps them. */
export type Columns<S extends Schema> = { [K in Exclude<keyof S, 'id'>]: InstanceType<S[K]> };
export type ExchangeColumns = Columns<typeof exchangeSchema>;

/** One exchange: one request and its response. */
export const exchangeSchema = {
  /** Dense, counted from 1 for the whole trace: a table does not keep it, as it follows from a row's place. */
  id: Uint32Array,
  connection: Uint32Array,
  /** Interned strings; 0 is the empty string: not known yet, or the head was refused. */
  method: Uint32Array,
  target: Uint32Array,
  /** Status code of the response; 0 before there is one. */
  status: Uint16Array,
  /** Number of the response's media type (see `MediaTypes`); 0 where it names none, and before there is one. */
  mediaType: Uint8Array,
  outcome: Uint8Array,
  /** Bits: see `exchangeFlags`. */
  flags: Uint8Array,
  /** Number of the worker and of the slot in it, counted from 1; 0 where the exchange reached none. */
  worker: Uint8Array,
  slot: Uint8Array,
  /** Its place in the queue for a slot when it began to wait, 1 for the next; 0 where it did not have to. */
  queuePosition: Uint16Array,
  /** Bytes on the wire, heads and framing included; exact below `mostBytes`, and never above. */
  bytesIn: Uint32Array,
  bytesOut: Uint32Array,
  /** Instant of the first byte of the request. */
  start: Float64Array,
  /** Offset of the last byte of the request's body (or head, where it has none). */
  received: Float32Array,
  /** Time spent inside the parser, up to `headEnd`: the offset at which the head was complete. */
  parseTime: Float32Array,
  headEnd: Float32Array,
  environStart: Float32Array,
  /** The environ is built: the exchange is ready for a slot. */
  ready: Float32Array,
  appStart: Float32Array,
  startResponse: Float32Array,
  appEnd: Float32Array,
  /** Processor time that its thread spent in the app call, in ms; NaN where the call was short: nobody looked. */
  cpu: Float32Array,
  /** The server thread has read the end of the response from the worker. */
  replied: Float32Array,
  sendStart: Float32Array,
  sendEnd: Float32Array,
  /** The kernel first took less than it was given, and last took all of it again: NaN while it does not. */
  stallStart: Float32Array,
  stallEnd: Float32Array,
  /** Offset of the instant at which nothing of the exchange remained to be done. */
  end: Float32Array,
} as const satisfies Schema;

/** One accepted socket, from accept to close. */
export const connectionSchema = {
  /** Dense, counted from 1 for the whole trace. */
  id: Uint32Array,
  /** Interned "address:port", IPv6 addresses in brackets. */
  local: Uint32Array,
  remote: Uint32Array,
  requests: Uint32Array,
  closedBy: Uint8Array,
  how: Uint8Array,
  /** The exchange whose app call opened this connection: the app asks its own server. 0: none, or not known. */
  caller: Uint32Array,
  bytesIn: Float64Array,
  bytesOut: Float64Array,
  /** The listening socket handed the connection over. */
  accepted: Float64Array,
  /** Its addresses are known: end of the accept phase. */
  registered: Float64Array,
  /** The server began to serve it: at once, but for the iterative model, where others may come first. NaN while it waits. */
  turn: Float64Array,
  /** First FIN or RST of either side. */
  closing: Float64Array,
  /** The socket is gone. */
  closed: Float64Array,
} as const satisfies Schema;

export type ExchangeRow = Record<keyof typeof exchangeSchema, number>;
export type ConnectionRow = Record<keyof typeof connectionSchema, number>;

export const exchangeFlags = {
  /** The connection was to stay open after this exchange. */
  keepAlive: 1,
  /** No slot was free when the exchange was ready: `ready` to `appStart` is the phase queue, not hop. */
  queued: 2,
  /** The first exchange of its connection. */
  first: 4,
  /** Something was found that is more than a hint: see `Finding`. */
  found: 8,
} as const;

/** What a byte count of an exchange says at most: 4 GiB or more. Counts of connections have no such limit. */
export const mostBytes = 2 ** 32 - 1;

/** How an exchange ended; stored as the position in this list. */
export const outcomes = [
  'in progress',
  'complete',
  'refused',
  'app error',
  'worker lost',
  'client left',
  'server stopped',
  'timed out',
  'send timeout',
  'deadlock',
  'closed by hand',
] as const;
export type Outcome = (typeof outcomes)[number];

export const closers = ['open', 'server', 'client'] as const;
export type Closer = (typeof closers)[number];

/** How a connection was taken down. */
export const closings = [
  '',
  'FIN',
  'RST',
  'idle timeout',
  'request timeout',
  'server stopped',
  'error',
  'send timeout',
  'by hand',
] as const;
export type Closing = (typeof closings)[number];
