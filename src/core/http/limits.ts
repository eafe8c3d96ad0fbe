/**
 * Bounds on what a peer may send, and on how long things may take. Each is a setting (`lifeline.limits.*`) with this default.
 * The precedents are the defaults of widely used servers.
 */
export interface Limits {
  /** Bytes of the request line, its CRLF included; beyond: 414. */
  readonly requestLine: number;
  /** Bytes of the whole head; beyond: 431. */
  readonly head: number;
  /** Header fields of one head, and trailer fields of one body; beyond: 431. */
  readonly fields: number;
  /** Bytes of a request body; beyond: 413. */
  readonly body: number;
  /** Connections open at a time; further ones are closed at once, and the trace says so. */
  readonly connections: number;
  /** ms a connection may stay open without a request. */
  readonly idleMs: number;
  /** ms from the first byte of a request to the end of its head; beyond: 408. */
  readonly headMs: number;
  /** ms without a byte of a request body; beyond: 408. */
  readonly bodyMs: number;
  /** ms without a byte of the response taken by the client's side; beyond: the connection is closed. */
  readonly sendMs: number;
  /** ms an app call may run, from its beginning to the end of its response; beyond: 504. Infinity: no limit. */
  readonly appMs: number;
}

export const defaultLimits: Limits = {
  requestLine: 8190, // Apache's LimitRequestLine
  head: 65_536, // four times Node's 16 KiB: large cookies are a developer's problem to see, not to be refused
  fields: 100, // Apache's LimitRequestFields, gunicorn's limit_request_fields
  body: 1_073_741_824, // waitress's max_request_body_size
  connections: 1000,
  idleMs: 75_000, // nginx's keepalive_timeout
  headMs: 60_000, // nginx's client_header_timeout
  bodyMs: 60_000, // nginx's client_body_timeout
  sendMs: 60_000, // nginx's send_timeout
  appMs: Infinity, // as waitress: who steps through a view in a debugger takes long
};
