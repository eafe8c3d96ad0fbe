import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { devNull } from 'node:os';
import { basename, join } from 'node:path';
import { collect } from '../harness/processRun';
import { program } from '../harness/programs';

/** A request, for whichever client sends it. */
export interface Ask {
  readonly method: 'GET' | 'HEAD' | 'POST';
  /** Path and query. */
  readonly target: string;
  /** The fields of a form: sent as a query string, or beside a file. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Path of a file that goes up with the form, as its field "file". */
  readonly file?: string;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
  /** The client's port: names the connection. */
  readonly localPort: number;
  /** Bytes of the request on the wire, where the client tells. */
  readonly sent?: number;
  /** Bytes of the request's body, where the client tells. */
  readonly uploaded?: number;
  /** Bytes of the response's head on the wire, where the client tells. */
  readonly head?: number;
  /** Bytes of the body without the framing of chunks. */
  readonly length: number;
  /** From the first byte of the body to the last, in ms. */
  readonly spread: number;
}

/** What curl says of a transfer (`--write-out %{json}`), as far as it matters here. */
interface CurlReport {
  readonly http_code: number;
  readonly local_port: number;
  readonly size_upload: number;
  readonly size_header: number;
  readonly size_download: number;
  /** Seconds until the first byte of the response. */
  readonly time_starttransfer: number;
  readonly time_total: number;
}

/** Runs curl once for all requests, which it sends over one connection as long as the server keeps it open. */
export async function curl(port: number, asks: readonly Ask[]): Promise<Answer[]> {
  const args = asks.flatMap((ask, index) => [...(index > 0 ? ['--next'] : []), ...curlArguments(port, ask)]);
  const child = spawn(await program('curl'), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const pieces: Buffer[] = [];
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
  let reports = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (reports += text));
  await once(child, 'close');
  assert.equal(child.exitCode, 0, reports);

  const bytes = Buffer.concat(pieces);
  let at = 0;
  const answers = reports
    .split('\n')
    .filter(Boolean)
    .map((line): Answer => {
      const report = JSON.parse(line) as CurlReport;
      const body = bytes.subarray(at, (at += report.size_download)).toString();
      return {
        status: report.http_code,
        body,
        localPort: report.local_port,
        uploaded: report.size_upload,
        head: report.size_header,
        length: report.size_download,
        spread: (report.time_total - report.time_starttransfer) * 1000,
      };
    });
  assert.equal(at, bytes.length, 'curl tells of every byte that it wrote');
  return answers;
}

function curlArguments(port: number, ask: Ask): string[] {
  const args = ['--silent', '--show-error', '--no-buffer', '--noproxy', '*', '--max-time', '60'];
  args.push('--write-out', '%{stderr}%{json}\n');
  if (ask.method === 'HEAD') args.push('--head', '--output', devNull); // it would print the head as if it were a body
  for (const [name, value] of Object.entries(ask.fields ?? {})) {
    args.push(ask.file === undefined ? '--data-urlencode' : '--form-string', `${name}=${value}`);
  }
  if (ask.file !== undefined) args.push('--form', `file=@${ask.file};filename=${basename(ask.file)}`);
  return [...args, `http://127.0.0.1:${port}${ask.target}`];
}

/** Sends the requests with Python's `http.client`, over one connection as long as the server keeps it open. */
export async function httpClient(python: string, port: number, asks: readonly Ask[]): Promise<Answer[]> {
  const script = join(import.meta.dirname, 'http_client.py');
  const { code, output } = await collect(python, ['-I', script, String(port), JSON.stringify(asks)]);
  assert.equal(code, 0, output);
  const answers = JSON.parse(output) as Omit<Answer, 'length'>[];
  return answers.map((answer) => {
    const bytes = Buffer.from(answer.body, 'latin1');
    return { ...answer, body: bytes.toString(), length: bytes.length };
  });
}
