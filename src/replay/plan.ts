import { exchangeFlags, type ConnectionRow, type ExchangeRow } from '../core/trace/columns';
import type { ExchangeDetail } from '../core/trace/detail';
import type { TraceStore } from '../core/trace/traceStore';

/**
 * What is to be sent again: the clients as they were, each with the requests of one connection in order. Times are ms
 * after the first connection opens.
 */
export interface ReplayPlan {
  readonly clients: readonly PlannedClient[];
  /** Where its zero stood on the clock of the trace that it was made from. */
  readonly zero: number;
  /** When the last byte is due. */
  readonly span: number;
}

export interface PlannedClient {
  readonly opensAt: number;
  readonly requests: readonly PlannedRequest[];
}

export interface PlannedRequest {
  /** The exchange that it was. */
  readonly exchange: number;
  readonly method: string;
  /** Its bytes as they arrived, piece by piece. */
  readonly pieces: readonly PlannedPiece[];
}

export interface PlannedPiece {
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** An exchange that was chosen, with what is known of it. */
export interface ReplaySource {
  readonly exchange: ExchangeRow;
  /** Undefined where it is forgotten. */
  readonly connection: ConnectionRow | undefined;
  readonly method: string;
  /** Undefined where it is no longer kept. */
  readonly detail: ExchangeDetail | undefined;
}

/** Undefined where the trace has forgotten the exchange. */
export function sourceOf(trace: TraceStore, id: number, detail: ExchangeDetail | undefined): ReplaySource | undefined {
  const exchange = trace.exchange(id);
  if (!exchange) return undefined;
  const { connection, method } = exchange;
  return { exchange, connection: trace.connection(connection), method: trace.text(method), detail };
}

/** Why an exchange is not sent again; the words follow a number of requests. */
export const reasonsToLeaveOut = {
  open: 'still in progress',
  forgotten: 'no longer kept',
  unreadable: 'without a complete head',
  body: 'with a body over 64 KiB, or one that did not arrive whole',
  own: 'sent by the app itself, which will send it again',
} as const;

/** Whether an exchange can be sent again, from what its row and its detail tell. */
export function reasonToLeaveOut(source: ReplaySource): keyof typeof reasonsToLeaveOut | undefined {
  const { exchange, connection, detail } = source;
  if (Number.isNaN(exchange.end)) return 'open';
  if (connection !== undefined && connection.caller > 0) return 'own';
  if (!detail) return 'forgotten';
  if (detail.requestHead === '') return 'unreadable';
  return lacksBody(detail) ? 'body' : undefined;
}

/** Its head announces a body that was not kept whole, or did not arrive whole. */
export function lacksBody({ requestHead, requestBody }: Pick<ExchangeDetail, 'requestHead' | 'requestBody'>): boolean {
  return announcesBody(requestHead) && requestBody?.truncated !== false;
}

/** A request as it arrived: head and body, byte for byte. */
export function requestBytes(detail: Pick<ExchangeDetail, 'requestHead' | 'requestBody'> | undefined): Uint8Array {
  const head = latin1Bytes(`${detail?.requestHead ?? ''}\r\n\r\n`);
  const body = detail?.requestBody?.bytes ?? new Uint8Array(0);
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  return bytes;
}

/** @param sources in any order; what cannot be sent again is left out */
export function planReplay(sources: readonly ReplaySource[]): ReplayPlan {
  const sent = sources
    .filter((source) => reasonToLeaveOut(source) === undefined)
    .sort((a, b) => a.exchange.start - b.exchange.start || a.exchange.id - b.exchange.id);
  const zero = Math.min(...sent.map(openingOf));
  const byConnection = new Map<number, ReplaySource[]>();
  for (const source of sent) {
    const list = byConnection.get(source.exchange.connection);
    if (list) list.push(source);
    else byConnection.set(source.exchange.connection, [source]);
  }
  const clients = [...byConnection.values()].map((list) => ({
    opensAt: Math.min(...list.map(openingOf)) - zero,
    requests: list.map((source) => plannedRequest(source, zero)),
  }));
  const times = clients.flatMap(({ requests }) => requests.flatMap(({ pieces }) => pieces.map(({ at }) => at)));
  return { clients, zero, span: times.reduce((most, at) => Math.max(most, at), 0) };
}

/** When its connection has to be open: as long before the first request as it was; for a later one, when that comes. */
function openingOf({ exchange, connection }: ReplaySource): number {
  const first = (exchange.flags & exchangeFlags.first) !== 0;
  return first && connection ? Math.min(connection.accepted, exchange.start) : exchange.start;
}

function plannedRequest({ exchange, method, detail }: ReplaySource, zero: number): PlannedRequest {
  return {
    exchange: exchange.id,
    method,
    pieces: cut(requestBytes(detail), exchange.start - zero, detail?.marks ?? [], zero),
  };
}

/** Cuts a request where it was cut on its way: a slow client is as slow again. */
function cut(bytes: Uint8Array, start: number, marks: ExchangeDetail['marks'], zero: number): PlannedPiece[] {
  const pieces: PlannedPiece[] = [];
  let from = 0;
  for (const { name, at, size = 0 } of marks) {
    if (name !== 'recv' || from === bytes.length) continue;
    const to = Math.min(bytes.length, from + size);
    if (to > from) pieces.push({ at: Math.max(start, at - zero), bytes: bytes.slice(from, to) });
    from = to;
  }
  // Of very many marks not all are kept.
  if (from < bytes.length) pieces.push({ at: pieces.at(-1)?.at ?? start, bytes: bytes.slice(from) });
  return pieces;
}

/** A sound head says so by one of two fields (RFC 9112 section 6.3). */
function announcesBody(head: string): boolean {
  return /^(?:transfer-encoding:|content-length:[ \t]*0*[1-9])/im.test(head);
}

export function latin1Bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
