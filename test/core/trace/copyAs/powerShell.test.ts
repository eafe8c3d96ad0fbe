import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { copyAs } from '../../../../src/core/trace/copyAs';
import { sendWithCurl } from './curlRun';
import { rawServer } from './rawServer';
import { detailOf, local, requests, type SentRequest } from './requests';

/** The files that a copied text writes, by variable; anything in it that is not one of the known statements is refused. */
function filesOf(text: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const quote = /['\u2018-\u201b]/;
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    const found = new RegExp(`^(?:${pattern.source})`, 'u').exec(text.slice(at));
    if (found) at += found[0].length;
    return found ?? undefined;
  };
  // A quote of any kind begins a literal, and any ends it but where two stand together (about_Quoting_Rules).
  const literal = (): string => {
    let value = '';
    assert.match(text[at++] ?? '', quote);
    for (;;) {
      const character = text[at++] ?? assert.fail(`no end of the literal in ${text}`);
      if (!quote.test(character)) value += character;
      else if (quote.test(text[at] ?? '')) value += text[at++] ?? '';
      else return value;
    }
  };
  while (at < text.length) {
    if (take(/\$(?:request|body) = \[IO\.Path\]::GetTempFileName\(\)\n/)) continue;
    if (take(/curl\.exe --config \$request(?: --data-binary "@\$body")?\n/)) continue;
    if (take(/Remove-Item \$request(?:, \$body)?\n/)) continue;
    const asText = take(/\[IO\.File\]::WriteAllText\(\$(request|body), /);
    if (asText) {
      files.set(asText[1] ?? '', Buffer.from(literal(), 'utf8'));
      assert.ok(take(/\)\n/), text.slice(at));
      continue;
    }
    const asBytes = take(/\[IO\.File\]::WriteAllBytes\(\$(request|body), \[Convert\]::FromBase64String\(/);
    assert.ok(asBytes, `this is not to be run: ${text.slice(at)}`);
    files.set(asBytes[1] ?? '', Buffer.from(literal(), 'base64'));
    assert.ok(take(/\)\)\n/), text.slice(at));
  }
  return files;
}

function copiedText(sent: SentRequest, address = local): string {
  const copied = copyAs('powershell', detailOf(sent, address), address, []);
  assert.ok('text' in copied);
  return copied.text;
}

describe('A request copied for PowerShell', () => {
  it('is made of its own statements alone, whatever was sent', () => {
    fc.assert(
      fc.property(requests, (sent) => {
        const text = copiedText(sent);
        assert.doesNotMatch(text.replaceAll('\n', ''), /[\p{C}\p{Zl}\p{Zp}]/u);
        const files = filesOf(text);
        assert.ok(files.has('request'));
      }),
      { numRuns: 500 },
    );
  });

  it('doubles straight and curved quotes, each with its own kind', () => {
    const text = copiedText({
      method: 'GET',
      target: '/',
      fields: [['X-A', "it's \xe2\x80\x98so\xe2\x80\x99"]],
      body: undefined,
    });
    assert.ok(text.includes(`header = "X-A: it''s \u2018\u2018so\u2019\u2019"`), text);
  });

  it('writes a file from which curl sends the same request', async function () {
    this.timeout(60_000);
    const folder = mkdtempSync(join(tmpdir(), 'lifeline-ps-'));
    const server = await rawServer();
    try {
      await fc.assert(
        fc.asyncProperty(requests, async (sent) => {
          const files = filesOf(copiedText(sent, server.address));
          for (const [name, content] of files) writeFileSync(join(folder, name), content);
          const data = files.has('body') ? ['--data-binary', `@${join(folder, 'body')}`] : [];
          const words = ['--config', join(folder, 'request'), ...data];
          const { firstLine, fields, body } = await server.received(() => sendWithCurl('curl', words));
          assert.equal(firstLine, `${sent.method} ${sent.target} HTTP/1.1`);
          assert.deepEqual(
            fields.filter((field) => field.startsWith('X-')),
            sent.fields.map(([name, value]) => `${name}:${value === '' ? '' : ` ${value}`}`),
          );
          assert.equal(body, sent.body ?? '');
        }),
        { numRuns: 40 },
      );
    } finally {
      server.close();
      rmSync(folder, { recursive: true });
    }
  });
});
