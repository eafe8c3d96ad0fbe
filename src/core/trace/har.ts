import type { Entry, Timings } from 'har-format';
import type { ConnectionRow, ExchangeRow } from './columns';
import { closers, closings, exchangeFlags } from './columns';
import type { ExchangeDetail, Finding } from './detail';
import type { Provenance } from './phases';
import { phaseOf } from './phases';
import { harRequest, harResponse } from './harMessages';
import { spansOf } from './spans';
import { sentenceOf, type Verdict } from './verdict';
import type { WaitReason } from './waits';

/**
 * The trace as HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/), the format of browsers' network panels.
 *
 * HAR knows requests but no connections and no phases of ours, so each entry and the log carry a `_lifeline` beside the
 * standard fields. All times there are ms on the trace's clock, whose zero is `clockOriginUnixMs`.
 */
export interface LifelineEntry extends Entry {
  readonly _lifeline: {
    readonly exchange: number;
    readonly connection: number;
    /** "address:port" */
    readonly local: string;
    readonly remote: string;
    /** Counted from 1; 0 where no worker had the exchange. */
    readonly worker: number;
    readonly slot: number;
    readonly phases: readonly HarPhase[];
    readonly marks: readonly HarMark[];
    /** Where its time went and what it waited for, in a sentence. */
    readonly verdict?: string;
    /** Who held it up, where the verdict speaks of somebody. */
    readonly blockedBy?: readonly HarBlocker[];
    /** Only where there are any. */
    readonly findings?: readonly HarFinding[];
  };
}

export interface HarBlocker {
  /** "turn", "slot", "self" or "gil" */
  readonly why: WaitReason;
  /** 0 where the connection sent no request. */
  readonly exchange: number;
  readonly connection: number;
  readonly startMs: number;
  readonly durationMs: number;
}

export interface HarPhase {
  readonly name: string;
  readonly startMs: number;
  readonly durationMs: number;
  readonly provenance: Provenance;
}

export interface HarMark {
  readonly name: string;
  readonly atMs: number;
  /** bytes */
  readonly size?: number;
}

export interface HarFinding extends Omit<Finding, 'at'> {
  readonly atMs: number;
}

export interface HarConnection {
  readonly connection: number;
  readonly local: string;
  readonly remote: string;
  readonly acceptedMs: number;
  /** Null while it is open. */
  readonly closedMs: number | null;
  readonly closedBy: string;
  readonly how: string;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** What an entry is made from. */
export interface HarSource {
  readonly exchange: ExchangeRow;
  readonly connection: ConnectionRow;
  /** Undefined where the cold data was not kept. */
  readonly detail: ExchangeDetail | undefined;
  readonly verdict?: Verdict | undefined;
  /** The connection closed after this exchange: its close is the exchange's last phase. */
  readonly last: boolean;
  /** Reads an interned string. */
  readonly text: (id: number) => string;
  /** Writes an instant of the trace as ISO 8601: the core has no calendar. */
  readonly isoTime: (ms: number) => string;
}

export function harEntry(source: HarSource): LifelineEntry {
  const { exchange, connection, detail, text } = source;
  const timings = timingsOf(exchange);
  const local = text(connection.local);
  const address = /^\[?(.*?)\]?:\d+$/.exec(local)?.[1];
  const { problem, findings = [] } = detail ?? {};
  return {
    startedDateTime: source.isoTime(exchange.start),
    time: tidy(Math.max(0, timings.blocked) + timings.send + timings.wait + timings.receive),
    request: harRequest(exchange, local, detail, text),
    response: harResponse(exchange, detail, text),
    cache: {},
    timings,
    ...(address === undefined ? {} : { serverIPAddress: address }),
    connection: String(exchange.connection),
    ...(problem ? { comment: problem.message } : {}),
    _lifeline: {
      exchange: exchange.id,
      connection: exchange.connection,
      local,
      remote: text(connection.remote),
      worker: exchange.worker,
      slot: exchange.slot,
      phases: phasesOf(source),
      ...verdictFields(source.verdict),
      marks: (detail?.marks ?? []).map(({ name, at, size }) => ({
        name,
        atMs: tidy(at),
        ...(size === undefined ? {} : { size }),
      })),
      ...(findings.length === 0 ? {} : { findings: findings.map(({ at, ...rest }) => ({ atMs: tidy(at), ...rest })) }),
    },
  };
}

function verdictFields(verdict: Verdict | undefined): Pick<LifelineEntry['_lifeline'], 'verdict' | 'blockedBy'> {
  if (!verdict) return {};
  const blockedBy = verdict.blockers.map(({ why, exchange, connection, start, end }) => {
    return { why, exchange, connection, startMs: tidy(start), durationMs: tidy(end - start) };
  });
  return { verdict: sentenceOf(verdict), ...(blockedBy.length === 0 ? {} : { blockedBy }) };
}

export function harConnection(connection: ConnectionRow, text: (id: number) => string): HarConnection {
  return {
    connection: connection.id,
    local: text(connection.local),
    remote: text(connection.remote),
    acceptedMs: tidy(connection.accepted),
    closedMs: Number.isNaN(connection.closed) ? null : tidy(connection.closed),
    closedBy: closers[connection.closedBy] ?? '',
    how: closings[connection.how] ?? '',
    bytesIn: connection.bytesIn,
    bytesOut: connection.bytesOut,
  };
}

function phasesOf({ exchange, connection, last }: HarSource): HarPhase[] {
  const instants = [connection.closing, connection.closed, exchange.start, exchange.start + latestOffset(exchange)];
  const now = Math.max(...instants.filter((instant) => !Number.isNaN(instant)));
  return spansOf(exchange, connection, now, last).map(({ phase, start, duration }) => ({
    name: phase,
    startMs: tidy(start),
    durationMs: tidy(duration),
    provenance: phaseOf(phase).provenance,
  }));
}

function latestOffset(exchange: ExchangeRow): number {
  const { received, ready, appStart, appEnd, replied, sendStart, sendEnd, end } = exchange;
  const offsets = [0, received, ready, appStart, appEnd, replied, sendStart, sendEnd, end];
  return Math.max(...offsets.filter((offset) => !Number.isNaN(offset)));
}

/**
 * HAR's timings follow one another and add up to `time`, while our phases may overlap: the entry is cut at the end of
 * the request, at the first byte of the response and at its last. The accept lies before the entry starts, with an idle
 * stretch between, so there is no `connect`.
 */
function timingsOf(exchange: ExchangeRow): Timings & { blocked: number; send: number } {
  const end = latestOffset(exchange);
  const cut = (offset: number, after: number): number =>
    Number.isNaN(offset) ? end : Math.min(end, Math.max(after, offset));
  const sent = cut(exchange.received, 0);
  const answered = cut(exchange.sendStart, sent);
  const done = cut(exchange.sendEnd, answered);
  const queueStart = cut(exchange.ready, sent);
  const queueEnd = Math.min(answered, cut(exchange.appStart, queueStart));
  const queued = (exchange.flags & exchangeFlags.queued) !== 0 ? Math.max(0, queueEnd - queueStart) : -1;
  return {
    blocked: tidy(queued),
    dns: -1,
    connect: -1,
    send: tidy(sent),
    wait: tidy(answered - sent - Math.max(0, queued)),
    receive: tidy(done - answered),
    ssl: -1,
  };
}

/** Rounds to 0.1 µs: beyond that, digits are noise of the number format. */
export function tidy(ms: number): number {
  return Math.round(ms * 10_000) / 10_000;
}
