import assert from 'node:assert/strict';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LifelineEntry } from '../../src/core/trace/har';
import { eventually, pause } from '../support/servers';

/**
 * Holds the phases against the system calls of the same run, as strace sees them (Linux). Both are read off the wall
 * clock: strace stamps each call's begin, and the recording says which wall-clock time its zero is.
 */
(process.platform === 'linux' ? describe : describe.skip)('the system calls of the same run', function () {
  this.timeout(60_000);
  let folder: string;
  let server: ChildProcess;
  let calls: SystemCall[];
  let entries: LifelineEntry[];
  let origin: number;
  let idle: string[];

  before(async () => {
    execFileSync('strace', ['-V']);
    folder = await mkdtemp(join(tmpdir(), 'lifeline-'));
    const trace = join(folder, 'trace');
    const record = join(folder, 'trace.har');
    const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');
    const python = process.env['LIFELINE_TEST_PYTHON'] ?? 'python3';
    const serve = [process.execPath, cli, 'serve', 'routes.py', '--port', '0', '--python', python, '--record', record];
    server = spawn('strace', ['-ff', '-ttt', '-T', '-s', '40', '-o', trace, ...serve], {
      cwd: join(import.meta.dirname, '..', 'apps'),
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    let output = '';
    server.stdout?.on('data', (bytes: Buffer) => (output += bytes.toString()));
    const port = await eventually('the address', () => /Listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(output)?.[1]);
    for (let count = 0; count < requests; count++) await request(Number(port), `/hello?${count}`);

    // Longer than the longest wait of a batch, of the recording and of the runtime's own tidying up.
    await pause(2500);
    const from = Date.now() / 1000;
    await pause(2000);
    const until = Date.now() / 1000;

    process.kill(-(server.pid ?? 0), 'SIGINT');
    await once(server, 'close');
    // One file a thread (-ff), so that no call is torn in two by another thread's.
    const files = (await readdir(folder)).filter((name) => name.startsWith('trace.') && name !== 'trace.har');
    const threads = await Promise.all(
      files.map(async (name) => (await readFile(join(folder, name), 'latin1')).split('\n')),
    );
    calls = threads.flatMap((lines, thread) => lines.flatMap((line) => systemCall(line, thread)));
    idle = threads.flat().filter((line) => {
      const at = Number(/^(\d+\.\d+) /.exec(line)?.[1]);
      return at > from && at < until;
    });
    const { log } = JSON.parse(await readFile(record, 'utf8')) as {
      log: { entries: LifelineEntry[]; _lifeline: { clockOriginUnixMs: number } };
    };
    origin = log._lifeline.clockOriginUnixMs;
    entries = log.entries;
  });
  after(() => rm(folder, { recursive: true }));

  /** The calls of the connection that carried the request, by what they did. */
  function callsOf(target: string): Record<'accept' | 'recv' | 'send' | 'fin' | 'close', SystemCall> {
    const index = calls.findIndex(({ name, text }) => name === 'read' && text.includes(`GET /hello${target} `));
    const recv = calls[index];
    assert.ok(recv, target);
    const after = (matches: (call: SystemCall) => boolean): SystemCall => {
      const found = calls
        .slice(index)
        .find((call) => call.fd === recv.fd && call.thread === recv.thread && matches(call));
      assert.ok(found, target);
      return found;
    };
    const accept = calls
      .slice(0, index)
      .filter(({ name, result }) => name === 'accept4' && result === recv.fd)
      .at(-1);
    assert.ok(accept, target);
    return {
      accept,
      recv,
      send: after(({ name, text }) => /^(write|writev|sendto|sendmsg)$/.test(name) && text.includes('HTTP/1.1 200')),
      fin: after(({ name, result }) => name === 'read' && result === 0),
      close: after(({ name }) => name === 'close'),
    };
  }

  /** Median over the requests of how much later (in ms) the phase's instant is than the system call's. */
  function delay(of: (entry: LifelineEntry, calls: ReturnType<typeof callsOf>) => [number, number]): number {
    const delays = entries
      .slice(warmUp)
      .map((entry) => {
        const [phase, call] = of(entry, callsOf(new URL(entry.request.url).search));
        return origin + phase - call * 1000;
      })
      .sort((a, b) => a - b);
    return delays[Math.floor(delays.length / 2)] ?? Infinity;
  }

  const phase = (entry: LifelineEntry, name: string): { start: number; end: number } => {
    const found = entry._lifeline.phases.find((each) => each.name === name);
    assert.ok(found, name);
    return { start: found.startMs, end: found.startMs + found.durationMs };
  };

  it('agree on accept, recv, sendall and close', function () {
    const delays = {
      accept: delay((entry, { accept }) => [phase(entry, 'accept').start, accept.end]),
      recv: delay((entry, { recv }) => [phase(entry, 'recv').start, recv.end]),
      'sendall begins': delay((entry, { send }) => [phase(entry, 'sendall').start, send.start]),
      'sendall ends': delay((entry, { send }) => [phase(entry, 'sendall').end, send.end]),
      'close begins': delay((entry, { fin }) => [phase(entry, 'close').start, fin.end]),
      'close ends': delay((entry, { close }) => [phase(entry, 'close').end, close.end]),
    };
    const text = Object.entries(delays).map(([name, ms]) => `${name} ${ms.toFixed(3)} ms`);
    console.log(`      later than the system call, median of ${entries.length - warmUp}: ${text.join(', ')}`);
    // About 0.1 ms on a quiet machine; strace itself makes each call slower, and a busy machine does too.
    for (const [name, ms] of Object.entries(delays)) assert.ok(Math.abs(ms) < 1, `${name}: ${ms} ms`);
  });

  it('are next to none while nobody asks for anything', () => {
    const wakeUps = idle.filter((line) => /^\d+\.\d+ (epoll_\w+|poll|select|clock_nanosleep|read)\(/.test(line));
    // V8 gives memory back a few seconds after the last work, with a timer of its own that then rests.
    assert.ok(wakeUps.length <= 3, `in 2 s:\n${wakeUps.join('\n')}`);
  });
});

const requests = 60;
const warmUp = 20;

interface SystemCall {
  readonly thread: number;
  readonly name: string;
  readonly fd: number;
  readonly text: string;
  readonly result: number;
  /** Seconds since 1970. */
  readonly start: number;
  readonly end: number;
}

const callPattern = /^(\d+\.\d+) (\w+)\((\d+)(.*) = (-?\d+).*<(\d+\.\d+)>$/;

function systemCall(line: string, thread: number): SystemCall[] {
  const match = callPattern.exec(line);
  if (!match) return [];
  const [, start, name = '', fd, text = '', result, took] = match;
  return [
    {
      thread,
      name,
      fd: Number(fd),
      text,
      result: Number(result),
      start: Number(start),
      end: Number(start) + Number(took),
    },
  ];
}

async function request(port: number, target: string): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`);
  await once(socket, 'data');
  socket.end();
  await once(socket, 'close');
}
