/**
 * What the kernel says of our sockets, as one reading of its tables after the other sees it: the TCP state of each
 * pair (also after the socket is gone: TIME_WAIT), what lies in its queues, and how many connections wait to be accepted.
 *
 * A reading is a look from outside, some times a second, and only while somebody looks or a recording runs: a state that
 * was over between two readings was not seen. Linux alone tells (/proc/net/tcp, `man 5 proc`); elsewhere `absent` says so.
 */
export interface KernelView {
  /** Why nothing can be seen here; empty where it can. */
  readonly absent: string;
  /** When the reading began, in ms on the trace's clock. */
  readonly at: number;
  /** How long the next reading is waited for, in ms: reading costs, so it is rarer where the tables are long. */
  readonly pauseMs: number;
  /** Those that changed since the view before, each whole: the latest wins. */
  readonly pairs: readonly PairView[];
  /** Undefined where the listening socket was not found. */
  readonly acceptQueue: AcceptQueue | undefined;
  /** The server thread's answer to the question that went out with this reading, or with one before. */
  readonly pulse: Pulse | undefined;
  /** For a viewer that has nothing yet: the depths of the accept queue so far, packed by `Series`. */
  readonly depths?: Float64Array;
}

export interface PairView {
  readonly connection: number;
  /** The states that were seen, oldest first; the last is the one it is in. */
  readonly states: readonly StateSeen[];
  /** Bytes sent that the peer has not acknowledged, and bytes received that the server has not read. */
  readonly unacknowledged: number;
  readonly unread: number;
  /** When TIME_WAIT ends, in ms on the trace's clock; NaN in other states. */
  readonly expires: number;
}

export interface StateSeen {
  readonly state: TcpState;
  /** The first reading that saw it, in ms on the trace's clock; for ESTABLISHED, when the connection was accepted. */
  readonly at: number;
}

export interface AcceptQueue {
  /** Connections that are established and not yet accepted. */
  readonly depth: number;
  /** The smaller of the listen backlog and the system's net.core.somaxconn. */
  readonly limit: number;
}

/** How long the server thread took to get to a question: it was busy with something else. */
export interface Pulse {
  /** When it was asked, in ms on the trace's clock. */
  readonly at: number;
  /** ms; so far, where it has not answered. */
  readonly lag: number;
  readonly answered: boolean;
}

/** The states of RFC 9293, 3.3.2, by the names that the kernel gives them; CLOSED: the kernel knows the pair no more. */
export type TcpState =
  | 'ESTABLISHED'
  | 'SYN_SENT'
  | 'SYN_RECV'
  | 'FIN_WAIT1'
  | 'FIN_WAIT2'
  | 'TIME_WAIT'
  | 'CLOSE_WAIT'
  | 'LAST_ACK'
  | 'CLOSING'
  | 'CLOSED'
  | 'LISTEN';
