import assert from 'node:assert/strict';
import { HttpConnection } from '../../src/core/http/httpConnection';
import { wireCases } from '../core/http/wireCases';
import { check, Fuzzer } from './fuzzer';
import type { Core } from './observation';
import { dechunked, judgeHead } from './rules';

describe('the fuzzer', () => {
  it('finds nothing in the HTTP core in 20 s', function () {
    this.timeout(60_000);
    const seed = Math.floor(Math.random() * 2 ** 32);
    const fuzzer = new Fuzzer(
      wireCases().map(({ bytes }) => bytes),
      seed,
    );
    const until = performance.now() + 20_000;
    while (performance.now() < until && fuzzer.findings.length === 0) fuzzer.step();
    const found = fuzzer.findings.map((finding) => ({ ...finding, bytes: finding.bytes.toString('latin1') }));
    assert.deepEqual(found, [], `with the seed ${seed}`);
    assert.ok(fuzzer.sequences > 20, `${fuzzer.inputs} inputs led to ${fuzzer.sequences} sequences of events`);
  });

  it('tries the same inputs for the same seed', () => {
    const [first, second] = [1, 2].map(() => {
      const fuzzer = new Fuzzer(
        wireCases().map(({ bytes }) => bytes),
        7,
      );
      for (let count = 0; count < 200; count++) fuzzer.step();
      return [fuzzer.executions, fuzzer.sequences];
    });
    assert.deepEqual(first, second);
  });

  describe('notices a core that', () => {
    /** The first broken rule of one input, tried with a few seeds. */
    const broken = (text: string, core: Core): string | undefined => {
      for (let seed = 0; seed < 20; seed++) {
        const { violation } = check(Buffer.from(text, 'latin1'), seed, core);
        if (violation) return violation.rule;
      }
      return undefined;
    };
    const post = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello';

    it('is sound: nothing', () => assert.equal(broken(post, HttpConnection), undefined));

    it('throws', () => {
      class Throwing extends HttpConnection {
        override nextEvent(): never {
          throw new TypeError('a slip');
        }
      }
      assert.equal(broken(post, Throwing), 'only HttpError is thrown');
    });

    it('loses a byte where pieces meet', () => {
      class Losing extends HttpConnection {
        override receive(bytes: Uint8Array): void {
          super.receive(this.buffered > 0 ? bytes.subarray(1) : bytes);
        }
      }
      assert.equal(broken(post, Losing), 'any split gives the same events');
    });

    it('goes on after a refusal', () => {
      class GoingOn extends HttpConnection {
        override nextEvent(): ReturnType<HttpConnection['nextEvent']> {
          const event = super.nextEvent();
          return event === 'paused' ? { type: 'closed' } : event;
        }
      }
      assert.equal(broken('GET /\r\n\r\n', GoingOn), 'nothing is accepted after a refusal');
    });

    it('frames a body by another length than the head says', () => {
      class Misframing extends HttpConnection {
        override nextEvent(): ReturnType<HttpConnection['nextEvent']> {
          const event = super.nextEvent();
          if (typeof event === 'string' || event.type !== 'request') return event;
          return { type: 'request', head: { ...event.head, framing: { kind: 'length', length: 4 } } };
        }
      }
      assert.equal(broken(post, Misframing), 'the framing of accepted requests');
    });

    it('holds what it does not understand', () => {
      class Holding extends HttpConnection {
        override nextEvent(): 'need data' {
          return 'need data';
        }
      }
      assert.equal(broken(post, Holding), 'what is held is bounded');
    });

    it('takes its time', () => {
      class Slow extends HttpConnection {
        override receive(bytes: Uint8Array): void {
          for (const until = performance.now() + 510; performance.now() < until;);
          super.receive(bytes);
        }
      }
      assert.equal(broken(post, Slow), 'the time per input is bounded');
    });
  });

  it('reduces what it finds to what matters', () => {
    class Tripping extends HttpConnection {
      override nextEvent(): ReturnType<HttpConnection['nextEvent']> {
        const event = super.nextEvent();
        if (typeof event === 'object' && event.type === 'body' && event.bytes.includes(0x65)) throw new Error('an e');
        return event;
      }
    }
    const fuzzer = new Fuzzer(
      wireCases().map(({ bytes }) => bytes),
      3,
      Tripping,
    );
    for (let count = 0; count < 5000 && fuzzer.findings.length < 3; count++) fuzzer.step();
    assert.equal(fuzzer.findings.length, 3);
    for (const { seed, bytes } of fuzzer.findings) {
      assert.ok(bytes.length < 70, bytes.toString('latin1'));
      assert.match(check(bytes, seed, Tripping).violation?.message ?? '', /an e/);
    }
  });
});

describe('the rules of the fuzzer', () => {
  it('find what frames a body', () => {
    assert.deepEqual(judgeHead('GET / HTTP/1.1\r\nHost: a'), { body: 0 });
    assert.deepEqual(judgeHead('GET / HTTP/1.1\r\nContent-Length: 12 '), { body: 12 });
    assert.deepEqual(judgeHead('GET / HTTP/1.1\r\nTransfer-Encoding: Chunked'), { body: 'chunked' });
  });

  for (const head of [
    'GET / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 5',
    'GET / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked',
    'GET / HTTP/1.0\r\nTransfer-Encoding: chunked',
    'GET / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked',
    'GET / HTTP/1.1\r\nContent-Length: +5',
    'GET / HTTP/1.1\r\nContent-Length : 5',
    'GET / HTTP/1.1\r\nA: b\nContent-Length: 5',
    'GET / HTTP/1.1\r\nA: b\rc',
    'GET / HTTP/1.1\r\nA: b\0c',
    'GET / HTTP/1.1\r\n folded',
    'GET /',
  ]) {
    it(`object to ${JSON.stringify(head)}`, () => assert.ok('fault' in judgeHead(head)));
  }

  it('read chunks', () => {
    assert.equal(dechunked('5\r\nhello\r\n3;a=b\r\nyou\r\n0\r\nA: b\r\n\r\n'), 'helloyou');
    for (const wire of ['5\r\nhello', '5\r\nhello!\r\n0\r\n\r\n', '0\r\n\r\nG', '0\r\n', 'x\r\n\r\n', '-5\r\n\r\n']) {
      assert.equal(dechunked(wire), undefined, wire);
    }
  });
});
