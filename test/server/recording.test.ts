import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Har } from 'har-format';
import { closers, closings } from '../../src/core/trace/columns';
import type { HarConnection, LifelineEntry } from '../../src/core/trace/har';
import type { HarKernel } from '../../src/core/trace/harKernel';
import type { PairView, TcpState } from '../../src/core/trace/kernelView';
import { Recording } from '../../src/server/recording';
import { assertHar } from '../core/trace/harSchema';
import { connectionRow, exchangeRow } from '../core/trace/traceRows';

const meta = {
  clockOriginUnixMs: 1_795_500_000_000.25,
  server: { host: '127.0.0.1', port: 8888, backlog: 128, concurrency: 'threads', slots: 4 },
};
const strings = ['', '127.0.0.1:8888', '127.0.0.1:54310', 'GET', '/'];
const text = (id: number): string => strings[id] ?? '';

const open = connectionRow({ id: 1, local: 1, remote: 2, accepted: 1, registered: 1.5 });
const closed = {
  ...open,
  closing: 90,
  closed: 91,
  closedBy: closers.indexOf('server'),
  how: closings.indexOf('FIN'),
};
const exchange = (id: number) =>
  exchangeRow({ id, connection: 1, method: 3, target: 4, status: 200, flags: id === 1 ? 4 : 0, start: id, end: 0.5 });

interface Read {
  readonly entries: readonly LifelineEntry[];
  readonly comment?: string;
  readonly _lifeline: {
    readonly version: number;
    readonly connections: readonly HarConnection[];
    readonly kernel?: HarKernel;
  };
}

async function read(file: string): Promise<Read> {
  const har: unknown = JSON.parse(await readFile(file, 'utf8'));
  assertHar(har);
  return (har as Har).log as unknown as Read;
}

describe('Recording', () => {
  let folder = '';
  let file = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lifeline-recording-'));
    file = join(folder, 'trace.har');
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function opened(): Promise<Recording> {
    const recording = new Recording(file, meta);
    await recording.open();
    return recording;
  }

  it('is valid where nothing happened', async () => {
    const recording = await opened();
    await recording.finish();
    const log = await read(file);
    assert.deepEqual(log.entries, []);
    assert.deepEqual(log._lifeline, { version: 1, ...meta, connections: [] });
  });

  it('holds every exchange and connection, in the order given', async () => {
    const recording = await opened();
    // Enough for several writes.
    for (let id = 1; id <= 500; id++) recording.exchange(exchange(id), open, text, undefined);
    recording.exchange(exchange(501), closed, text, undefined);
    recording.connection(closed, text);
    recording.connection({ ...open, id: 2 }, text);
    await recording.finish();

    const log = await read(file);
    assert.deepEqual(
      log.entries.map(({ _lifeline }) => _lifeline.exchange),
      Array.from({ length: 501 }, (_, index) => index + 1),
    );
    assert.equal(log.entries[0]?._lifeline.phases[0]?.name, 'accept');
    assert.equal(log.entries[0].startedDateTime, new Date(meta.clockOriginUnixMs + 1).toISOString());
    const closes = log.entries.filter(({ _lifeline }) => _lifeline.phases.some(({ name }) => name === 'close'));
    assert.deepEqual(
      closes.map(({ _lifeline }) => _lifeline.exchange),
      [501],
      'the close is a phase of the last exchange alone',
    );
    assert.deepEqual(
      log._lifeline.connections.map(({ connection, closedMs, closedBy, how }) => [connection, closedMs, closedBy, how]),
      [
        [1, 91, 'server', 'FIN'],
        [2, null, 'open', ''],
      ],
    );
    assert.equal(log.comment, undefined);
  });

  it('holds what the kernel told, of each pair what it told last', async () => {
    const recording = await opened();
    const pair = (connection: number, ...names: TcpState[]): PairView => ({
      connection,
      states: names.map((state, index) => ({ state, at: 10 + index })),
      unacknowledged: 0,
      unread: 0,
      expires: NaN,
    });
    const tell = (at: number, depth: number, pairs: PairView[]): void =>
      recording.kernel({
        absent: '',
        at,
        pauseMs: 200,
        pairs,
        acceptQueue: { depth, limit: 128 },
        pulse: undefined,
      });
    tell(20, 0, [pair(1, 'ESTABLISHED'), pair(2, 'ESTABLISHED')]);
    tell(30, 3, [pair(1, 'ESTABLISHED', 'TIME_WAIT')]);
    tell(40, 3, [pair(1, 'ESTABLISHED', 'TIME_WAIT', 'CLOSED')]);
    tell(50, 0, []);
    recording.connection(closed, text);
    await recording.finish();
    const { kernel, connections } = (await read(file))._lifeline;
    assert.equal(connections.length, 1);
    assert.deepEqual(kernel, {
      acceptQueueLimit: 128,
      acceptQueue: [
        { atMs: 20, depth: 0 },
        { atMs: 30, depth: 3 },
        { atMs: 50, depth: 0 },
      ],
      leftOut: 0,
      connections: [
        {
          connection: 1,
          states: [
            { state: 'ESTABLISHED', atMs: 10 },
            { state: 'TIME_WAIT', atMs: 11 },
            { state: 'CLOSED', atMs: 12 },
          ],
        },
        { connection: 2, states: [{ state: 'ESTABLISHED', atMs: 10 }] },
      ],
    });
  });

  it('is valid while it goes on, so that a killed process leaves its entries', async () => {
    const recording = await opened();
    try {
      assert.deepEqual((await read(file)).entries, []);
      let seen = 0;
      for (let id = 1; seen < 3; id++) {
        assert.ok(id < 100, 'entries reach the disk without finish()');
        recording.exchange(exchange(id), open, text, undefined);
        await new Promise((resolve) => setTimeout(resolve, 100));
        seen = (await read(file)).entries.length;
      }
    } finally {
      await recording.finish();
    }
  });

  it('keeps text as it is, whatever stands in it', async () => {
    const recording = await opened();
    const target = '/"\\\u2028\x00</script>\xe9';
    const detail = {
      exchange: 1,
      requestHead: `GET ${target} HTTP/1.1\r\nX: "\\é`,
      responseHead: '',
      marks: [],
      logs: [],
      findings: [],
    };
    recording.exchange(exchange(1), open, (id) => (id === 4 ? target : text(id)), detail);
    await recording.finish();
    assert.deepEqual((await read(file)).entries[0]?.request.headers, [{ name: 'X', value: '"\\é' }]);
  });

  it('holds what happened before its file was there', async () => {
    const recording = new Recording(file, meta);
    recording.exchange(exchange(1), open, text, undefined);
    await recording.open();
    recording.exchange(exchange(2), open, text, undefined);
    await recording.finish();
    assert.equal((await read(file)).entries.length, 2);
  });

  it('takes nothing more once it is finished', async () => {
    const recording = await opened();
    await recording.finish();
    recording.exchange(exchange(1), open, text, undefined);
    recording.connection(open, text);
    await recording.finish();
    assert.deepEqual((await read(file)).entries, []);
  });

  it('says which file cannot be written, and why', async () => {
    const missing = join(folder, 'missing', 'trace.har');
    await assert.rejects(new Recording(missing, meta).open(), (error: Error) => {
      assert.match(error.message, /The recording .*missing.*trace\.har cannot be written: .*ENOENT/);
      return true;
    });
  });

  it('tells of a full disk', async function () {
    if (process.platform !== 'linux') this.skip();
    await assert.rejects(new Recording('/dev/full', meta).open(), /\/dev\/full cannot be written: ENOSPC/);
  });
});
