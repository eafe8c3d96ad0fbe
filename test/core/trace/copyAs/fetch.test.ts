import assert from 'node:assert/strict';
import fc from 'fast-check';
import { copyAs } from '../../../../src/core/trace/copyAs';
import { copiedRequest, urlOf } from '../../../../src/core/trace/copyAs/request';
import { detailOf, local, requests } from './requests';

type Copied = (fetch: (url: string, init: RequestInit) => Promise<Response>, console: { log(): void }) => Promise<void>;

const { constructor: AsyncFunction } = Object.getPrototypeOf(async () => Promise.resolve()) as {
  constructor: new (...words: string[]) => Copied;
};

/** What a copied text asks of fetch. */
async function asked(text: string): Promise<{ url: string; init: RequestInit }[]> {
  const all: { url: string; init: RequestInit }[] = [];
  await new AsyncFunction('fetch', 'console', text)(
    (url, init) => {
      all.push({ url, init });
      return Promise.resolve(new Response(''));
    },
    { log: () => undefined },
  );
  return all;
}

describe('A request copied as fetch', () => {
  it('asks for exactly what was sent, whatever that was', async () => {
    await fc.assert(
      fc.asyncProperty(requests, async (sent) => {
        const request = copiedRequest(detailOf(sent), local, []);
        assert.ok(request);
        const copied = copyAs('fetch', detailOf(sent), local, []);
        if ('unable' in copied) {
          assert.ok(sent.method === 'GET' && sent.body !== '' && sent.body !== undefined, copied.unable);
          return;
        }
        assert.doesNotMatch(copied.text.replaceAll('\n', ''), /[\p{C}\p{Zl}\p{Zp}]/u);
        const [call, ...others] = await asked(copied.text);
        assert.ok(call && others.length === 0);
        assert.equal(call.url, urlOf(request));
        assert.equal(call.init.redirect, 'manual');
        const real = new Request(call.url, call.init);
        assert.equal(real.method, sent.method);
        assert.deepEqual(
          Object.fromEntries(real.headers),
          Object.fromEntries(sent.fields.map(([name, value]) => [name.toLowerCase(), value])),
        );
        const body = Buffer.from(await real.arrayBuffer()).toString('latin1');
        assert.equal(body, request.body ?? '');
      }),
      { numRuns: 300 },
    );
  });

  it('says what fetch refuses', () => {
    const unable = (method: string, target: string, body?: string): string => {
      const copied = copyAs('fetch', detailOf({ method, target, fields: [], body }), local, []);
      return 'unable' in copied ? copied.unable : '';
    };
    assert.match(unable('TRACE', '/'), /method TRACE/);
    assert.match(unable('GET', '/', 'a'), /no body with GET/);
    assert.match(unable('OPTIONS', '*'), /asked for \*/);
    assert.equal(unable('POST', '/', 'a'), '');
  });

  it('sends a field whose name means something to objects', async () => {
    const detail = detailOf({ method: 'GET', target: '/', fields: [['__proto__', 'x']], body: undefined });
    const copied = copyAs('fetch', detail, local, []);
    assert.ok('text' in copied);
    assert.deepEqual([...new Headers((await asked(copied.text))[0]?.init.headers)], [['__proto__', 'x']]);
  });

  it('sends text as text where its type is known, else as bytes', () => {
    const body = 'caf\xc3\xa9 \xe2\x80\xae';
    const text = (fields: [string, string][]): string => {
      const copied = copyAs('fetch', detailOf({ method: 'POST', target: '/', fields, body }), local, []);
      return 'text' in copied ? copied.text : '';
    };
    assert.match(text([['Content-Type', 'text/plain']]), /^ {2}body: 'café \\u202e',$/m);
    assert.match(text([]), /^ {2}body: new TextEncoder\(\)\.encode\('café \\u202e'\),$/m);
  });
});
