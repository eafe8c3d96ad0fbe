import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { copyAs } from '../../../../src/core/trace/copyAs';
import { curlCall } from '../../../../src/core/trace/copyAs/curl';
import { copiedRequest } from '../../../../src/core/trace/copyAs/request';
import { sendWithCurl } from './curlRun';
import { rawServer } from './rawServer';
import { detailOf, local, requests, type SentRequest } from './requests';

/** Takes the place of curl: prints what it is told, and what it is to read. */
const printer = `curl() { for word in "$@"; do printf '%s\\000' "$word"; done; case "$*" in *' @-') cat; esac; }\n`;

function shellText(sent: SentRequest): string {
  const copied = copyAs('posix', detailOf(sent), local, []);
  assert.ok('text' in copied);
  return copied.text;
}

describe('A request copied for a POSIX shell', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'lifeline-sh-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const told = (script: string): string[] => {
    const run = spawnSync('sh', ['-c', printer + script], { cwd: folder, encoding: 'latin1' });
    assert.equal(run.stderr, '');
    assert.equal(run.status, 0);
    return run.stdout.split('\0');
  };

  it('tells curl exactly what was sent, whatever that was', function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(requests, (sent) => {
        const request = copiedRequest(detailOf(sent), local, []);
        assert.ok(request);
        const call = curlCall(request);
        assert.ok(typeof call !== 'string');
        const words = [
          call.url,
          ...call.options.flatMap(({ name, value }) => (value === undefined ? [`--${name}`] : [`--${name}`, value])),
        ];
        const heard = told(shellText(sent));
        assert.deepEqual(heard.slice(0, words.length), words);
        const rest = heard.slice(words.length);
        if (request.body === undefined) assert.deepEqual(rest, ['']);
        else if (rest[0] === '--data-raw') assert.deepEqual(rest, ['--data-raw', sent.body, '']);
        else assert.deepEqual([rest[0], rest[1], rest.slice(2).join('\0')], ['--data-binary', '@-', sent.body]);
      }),
      { numRuns: 150 },
    );
    assert.deepEqual(readdirSync(folder), [], 'nothing else ran');
  });

  it('is text that a terminal can be typed, with no character that it would obey', () => {
    fc.assert(
      fc.property(requests, (sent) => {
        assert.doesNotMatch(shellText(sent).replaceAll('\n', ''), /[\p{C}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it('has curl send the same request', async function () {
    this.timeout(60_000);
    const server = await rawServer();
    try {
      await fc.assert(
        fc.asyncProperty(requests, async (sent) => {
          const copied = copyAs('posix', detailOf(sent, server.address), server.address, []);
          assert.ok('text' in copied);
          const { firstLine, fields, body } = await server.received(() => sendWithCurl('sh', ['-c', copied.text]));
          assert.equal(firstLine, `${sent.method} ${sent.target} HTTP/1.1`);
          assert.deepEqual(
            fields.filter((field) => field.startsWith('X-')),
            sent.fields.map(([name, value]) => `${name}:${value === '' ? '' : ` ${value}`}`),
          );
          assert.deepEqual(
            fields.filter((field) => !/^(?:X-|Host: |Content-Length: )/.test(field)),
            [],
            'curl adds nothing of its own',
          );
          assert.equal(body, sent.body ?? '');
        }),
        { numRuns: 40 },
      );
    } finally {
      server.close();
    }
  });
});
