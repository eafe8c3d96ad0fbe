import type { Batch } from '../../../src/core/trace/batch';
import {
  closers,
  closings,
  connectionSchema,
  exchangeFlags,
  exchangeSchema,
  outcomes,
  type ConnectionRow,
  type ExchangeRow,
} from '../../../src/core/trace/columns';
import { packRows } from '../../../src/core/trace/packedRows';
import { pseudoRandom } from '../../ui/pseudoRandom';

const slots = 4;
const lanes = 64;
/** Requests of a connection before it is closed and another one takes its place. */
const requestsEach = 50;
/** ms between two requests: 10,000 a second. */
const meanGap = 0.1;
/** Of responses; the first is that of errors. */
const mediaTypes = ['text/html', 'application/json', 'image/png', 'text/css'];

interface Lane {
  connection: ConnectionRow;
  free: number;
}

/**
 * A server under load, as its recorder would tell it: 64 keep-alive connections of ten clients at a time, four slots that
 * are busy now and then so that requests wait, one error in 300, and one call in 5,000 that takes a thousand times as
 * long as the others. The same in every run.
 */
export class Load {
  readonly #random = pseudoRandom(11);
  readonly #strings = new Map<string, number>();
  readonly #slots = new Float64Array(slots);
  readonly #lanes: Lane[];
  #newStrings: string[] = [];
  #exchanges: ExchangeRow[] = [];
  #connections = new Set<ConnectionRow>();
  /** Told before they were over. */
  #open: ExchangeRow[] = [];
  #lastExchange = 0;
  #lastConnection = 0;
  #time = 100;
  #begun = false;

  constructor() {
    this.#lanes = Array.from({ length: lanes }, () => ({ connection: this.#connect(this.#time), free: this.#time }));
  }

  /** When the next request comes, in ms on the trace's clock. */
  get time(): number {
    return this.#time;
  }

  /** Nothing came for a while. */
  skipTo(time: number): void {
    this.#time = Math.max(this.#time, time);
  }

  add(requests: number): void {
    for (let count = 0; count < requests; count++) this.#request();
  }

  /** What has changed since the last batch. */
  batch(now: number): Batch {
    const rows = [...this.#open, ...this.#exchanges];
    this.#open = rows.filter((row) => row.start + row.end > now);
    const strings = this.#newStrings;
    const batch: Batch = {
      exchanges: packRows(
        exchangeSchema,
        rows.map((row) => (row.start + row.end > now ? unfinished(row, now) : row)),
      ),
      connections: packRows(connectionSchema, [...this.#connections]),
      firstString: this.#strings.size - strings.length + 1,
      strings,
      mediaTypes: { first: 1, names: mediaTypes },
      notes: [],
      models: this.#begun ? [] : [{ at: 0, model: 'threads', slots }],
      lag: 0,
      now,
    };
    this.#begun = true;
    this.#exchanges = [];
    this.#connections = new Set();
    this.#newStrings = [];
    return batch;
  }

  #request(): void {
    const random = this.#random;
    this.#time -= Math.log(1 - random()) * meanGap;
    const lane = this.#lane();
    const start = Math.max(this.#time, lane.free);
    const { connection } = lane;
    const ready = 0.09 + random() * 0.03;
    const slot = this.#slots.indexOf(Math.min(...this.#slots));
    const taken = this.#slots[slot] ?? 0;
    const appStart = Math.max(ready + 0.02, taken - start);
    const queued = appStart > ready + 0.02;
    const chance = random();
    const app = chance < 1 / 5000 ? 80 + random() * 400 : 0.05 + random() ** 4 * 0.6;
    const failed = chance > 1 - 1 / 300;
    const appEnd = appStart + app;
    this.#slots[slot] = start + appEnd;
    const row: ExchangeRow = {
      id: ++this.#lastExchange,
      connection: connection.id,
      method: this.#intern(chance < 0.9 ? 'GET' : 'POST'),
      target: this.#intern(`/item/${Math.floor(random() * 200)}`),
      status: failed ? 500 : 200,
      mediaType: failed ? 1 : 2 + Math.floor(random() * 3),
      outcome: outcomes.indexOf(failed ? 'app error' : 'complete'),
      flags:
        exchangeFlags.keepAlive |
        (queued ? exchangeFlags.queued : 0) |
        (connection.requests === 0 ? exchangeFlags.first : 0),
      worker: 1,
      slot: slot + 1,
      queuePosition: queued ? 1 : 0,
      bytesIn: 412,
      bytesOut: 150 + Math.floor(random() * 9000),
      start,
      received: 0.02,
      parseTime: 0.01,
      headEnd: 0.02,
      environStart: 0.03,
      ready,
      appStart,
      startResponse: appStart + app / 2,
      appEnd,
      cpu: NaN,
      replied: appEnd + 0.03,
      sendStart: appEnd + 0.04,
      sendEnd: appEnd + 0.06,
      stallStart: NaN,
      stallEnd: NaN,
      end: appEnd + 0.07,
    };
    this.#exchanges.push(row);
    lane.free = start + row.end + random();
    connection.requests++;
    connection.bytesIn += row.bytesIn;
    connection.bytesOut += row.bytesOut;
    this.#connections.add(connection);
    if (connection.requests < requestsEach) return;
    connection.closing = lane.free;
    connection.closed = lane.free + 0.1;
    connection.closedBy = closers.indexOf('client');
    connection.how = closings.indexOf('FIN');
    lane.connection = this.#connect(lane.free + 0.2);
    lane.free += 0.3;
  }

  /** Any that is idle, else the one that will be next. */
  #lane(): Lane {
    const first = Math.floor(this.#random() * lanes);
    let [best] = this.#lanes;
    for (let step = 0; step < lanes; step++) {
      const lane = this.#lanes[(first + step) % lanes];
      if (lane && lane.free <= this.#time) return lane;
      if (lane && best && lane.free < best.free) best = lane;
    }
    if (!best) throw new Error('there are lanes');
    return best;
  }

  #connect(at: number): ConnectionRow {
    const id = ++this.#lastConnection;
    const row: ConnectionRow = {
      id,
      local: this.#intern('127.0.0.1:8888'),
      remote: this.#intern(`10.0.0.${1 + (id % 10)}:${32_768 + (id % 28_000)}`),
      requests: 0,
      closedBy: 0,
      how: 0,
      caller: 0,
      bytesIn: 0,
      bytesOut: 0,
      accepted: at,
      registered: at + 0.05,
      turn: at + 0.05,
      closing: NaN,
      closed: NaN,
    };
    this.#connections.add(row);
    return row;
  }

  #intern(text: string): number {
    let id = this.#strings.get(text);
    if (id === undefined) {
      id = this.#strings.size + 1;
      this.#strings.set(text, id);
      this.#newStrings.push(text);
    }
    return id;
  }
}

/** As it stands at an instant at which it goes on. */
function unfinished(row: ExchangeRow, now: number): ExchangeRow {
  const known = (offset: number): number => (row.start + offset <= now ? offset : NaN);
  const { appStart, appEnd } = row;
  const over = { appEnd: known(appEnd), replied: NaN, sendStart: NaN, sendEnd: NaN, end: NaN };
  return {
    ...row,
    ...over,
    appStart: known(appStart),
    startResponse: NaN,
    status: 0,
    mediaType: 0,
    outcome: 0,
    bytesOut: 0,
  };
}
