import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { copyAs } from '../../../../src/core/trace/copyAs';
import { copiedRequest, urlOf } from '../../../../src/core/trace/copyAs/request';
import { detailOf, local, requests } from './requests';

/** Takes the place of the library: keeps what it was asked for. */
const stub = `
calls = []
class Response:
    status_code, reason, text = 200, 'OK', ''
def request(method, url, headers=None, data=None, allow_redirects=True):
    assert allow_redirects is False
    assert data is None or type(data) is bytes
    headers = {name: None if value is None else value.encode('latin-1').hex() for name, value in (headers or {}).items()}
    calls.append({'method': method, 'url': url, 'headers': headers, 'data': None if data is None else data.hex()})
    return Response
`;

/** Runs each text that it reads, and prints what the library was asked for. */
const runner = `
import json, sys, io, requests
real = sys.stdout
sys.stdout = io.StringIO()
for text in json.load(sys.stdin):
    assert text.isascii()
    exec(compile(text, 'copied.py', 'exec'), {})
json.dump(requests.calls, real)
`;

interface Call {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | null>>;
  readonly data: string | null;
}

const hex = (text: string): string => Buffer.from(text, 'latin1').toString('hex');

describe('A request copied as Python', () => {
  it('asks the library for exactly what was sent, whatever that was', function () {
    this.timeout(60_000);
    const folder = mkdtempSync(join(tmpdir(), 'lifeline-python-'));
    writeFileSync(join(folder, 'requests.py'), stub);
    try {
      fc.assert(
        fc.property(fc.array(requests, { minLength: 30, maxLength: 60 }), (all) => {
          const texts = all.map((sent) => {
            const copied = copyAs('python', detailOf(sent), local, []);
            return 'text' in copied ? copied.text : assert.fail(copied.unable);
          });
          const run = spawnSync('python3', ['-c', runner], {
            cwd: folder,
            env: { ...process.env, PYTHONPATH: folder },
            input: JSON.stringify(texts),
            encoding: 'utf8',
          });
          assert.equal(run.stderr, '');
          const calls = JSON.parse(run.stdout) as Call[];
          assert.equal(calls.length, all.length);
          for (const [index, sent] of all.entries()) {
            const request = copiedRequest(detailOf(sent), local, []);
            assert.ok(request);
            const expected: Call = {
              method: sent.method,
              url: urlOf(request) ?? '',
              headers: {
                ...Object.fromEntries(sent.fields.map(([name, value]) => [name, hex(value)])),
                'User-Agent': null,
                Accept: null,
                'Accept-Encoding': null,
              },
              data: request.body === undefined ? null : hex(request.body),
            };
            assert.deepEqual(calls[index], expected);
          }
        }),
        { numRuns: 5 },
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('reads well', () => {
    const sent = {
      method: 'POST',
      target: '/a?b=1',
      fields: [
        ['Accept', '*/*'],
        ['User-Agent', 'x'],
        ['Accept-Encoding', 'gzip'],
        ['X-A', '1'],
        ['x-a', '2'],
      ] as const,
      body: "it's\n",
    };
    assert.deepEqual(copyAs('python', detailOf(sent), local, []), {
      notes: [],
      text: [
        'import requests',
        '',
        'response = requests.request(',
        "    'POST',",
        "    'http://127.0.0.1:8888/a?b=1',",
        '    headers={',
        "        'Accept': '*/*',",
        "        'User-Agent': 'x',",
        "        'X-A': '1, 2',",
        '    },',
        String.raw`    data=b'it\'s\n',`,
        '    allow_redirects=False,',
        ')',
        'print(response.status_code, response.reason)',
        'print(response.text)',
        '',
      ].join('\n'),
    });
  });
});
