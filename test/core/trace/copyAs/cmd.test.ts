import assert from 'node:assert/strict';
import fc from 'fast-check';
import { copyAs } from '../../../../src/core/trace/copyAs';
import { curlCall } from '../../../../src/core/trace/copyAs/curl';
import { copiedRequest } from '../../../../src/core/trace/copyAs/request';
import { asciiRequests, detailOf, local } from './requests';

/** What cmd.exe makes of a typed line: variables first, then carets; what it would obey must not be left bare. */
function throughCmd(line: string): string {
  const expanded = line.replace(/%([^%\r\n]+)%/g, (whole, name: string) => {
    // A name with ":" asks for a part of a variable: the name goes up to it.
    const known = ['path', 'a', '', 'x', '0', 's'];
    return known.includes(name.replace(/:.*$/, '').toLowerCase()) ? 'EXPANDED' : whole;
  });
  let passed = '';
  for (let at = 0; at < expanded.length; at++) {
    const character = expanded[at] ?? '';
    if (character === '^') passed += expanded[++at] ?? '';
    else {
      assert.doesNotMatch(character, /[&|<>()!"\r\n]/, `cmd.exe would obey ${character} in ${line}`);
      passed += character;
    }
  }
  return passed;
}

/** What a program makes of its command line (Microsoft, "Parsing C command-line arguments"). */
function argumentsOf(line: string): string[] {
  const all: string[] = [];
  let [word, quoted, begun] = ['', false, false];
  for (let at = 0; at < line.length;) {
    const slashes = /^\\*/.exec(line.slice(at))?.[0].length ?? 0;
    const next = line[at + slashes];
    if (slashes > 0) {
      begun = true;
      word += '\\'.repeat(next === '"' ? Math.floor(slashes / 2) : slashes);
      at += slashes;
      if (next === '"' && slashes % 2 === 1) {
        word += '"';
        at++;
      }
      continue;
    }
    if (next === '"') [quoted, begun] = [!quoted, true];
    else if (next === ' ' && !quoted) {
      if (begun) all.push(word);
      [word, begun] = ['', false];
    } else [word, begun] = [word + (next ?? ''), true];
    at++;
  }
  if (begun) all.push(word);
  return all;
}

describe('A request copied for the Command Prompt', () => {
  it('tells curl exactly what was sent, by the rules of both readers', () => {
    fc.assert(
      fc.property(asciiRequests, (sent) => {
        const detail = detailOf(sent);
        const request = copiedRequest(detail, local, []);
        assert.ok(request);
        const call = curlCall(request);
        assert.ok(typeof call !== 'string');
        const copied = copyAs('cmd', detail, local, []);
        assert.ok('text' in copied);
        assert.deepEqual(argumentsOf(throughCmd(copied.text.replace(/\r\n$/, ''))), [
          'curl.exe',
          call.url,
          ...call.options.flatMap(({ name, value }) => (value === undefined ? [`--${name}`] : [`--${name}`, value])),
          ...(call.body === undefined ? [] : ['--data-raw', call.body]),
        ]);
      }),
      { numRuns: 500 },
    );
  });

  it('is one line, with a caret before each quote', () => {
    const copied = copyAs(
      'cmd',
      detailOf({ method: 'GET', target: '/?a=1&b="2"', fields: [], body: undefined }),
      local,
      [],
    );
    assert.ok('text' in copied);
    assert.match(copied.text, /^curl\.exe \^"http:\/\/127\.0\.0\.1:8888\/\?a=1\^&b=\\\^"2\\\^"\^" --header /);
  });

  it('says which form to take where this one cannot hold it', () => {
    const unable = (body: string): string => {
      const copied = copyAs('cmd', detailOf({ method: 'POST', target: '/', fields: [], body }), local, []);
      return 'unable' in copied ? copied.unable : '';
    };
    assert.match(unable('a\nb'), /line breaks.*PowerShell/);
    assert.match(unable('\xc3\xa9'), /ASCII.*PowerShell/);
    assert.match(unable('a'.repeat(9000)), /too long.*PowerShell/);
    assert.equal(unable('plain'), '');
  });
});
