import { environOf } from '../../src/core/environOf';
import { serverName } from '../../src/core/http/responseHead';
import { contentOf } from '../../src/core/trace/content';
import type { ExchangeDetail, WireBytes } from '../../src/core/trace/detail';
import type { HostFunctions } from '../../src/core/trace/messages';
import { rawOf } from '../../src/core/trace/raw';
import type { TraceStore } from '../../src/core/trace/traceStore';

/** What the stand-in host tells of the larger parts of an exchange, made of its detail as the real one makes them. */
export function standInParts(
  store: TraceStore,
  detailOf: (exchange: number) => ExchangeDetail | undefined,
): Pick<HostFunctions, 'body' | 'raw' | 'environ'> {
  return {
    body: (exchange, message) => {
      const detail = detailOf(exchange);
      const wire = message === 'request' ? detail?.requestBody : responseBodyOf(detail);
      if (!detail || !wire) return Promise.resolve(undefined);
      const head = message === 'request' ? detail.requestHead : detail.responseHead;
      const { bytes, cut, ...sizes } = contentOf(head, wire);
      return Promise.resolve({ bytes, truncated: cut, kept: bytes.length, ...sizes, decoded: '' });
    },
    raw: (exchange) => {
      const [detail, row] = [detailOf(exchange), store.exchange(exchange)];
      return Promise.resolve(detail && row && rawOf(detail, responseBodyOf(detail), row));
    },
    environ: (exchange) => {
      const [detail, row] = [detailOf(exchange), store.exchange(exchange)];
      const connection = row && store.connection(row.connection);
      if (!detail || !connection) return Promise.resolve(undefined);
      if (Number.isNaN(row.ready)) {
        return Promise.resolve({ absent: 'There is none: the request did not reach the app.' });
      }
      return Promise.resolve(
        environOf({
          head: detail.requestHead,
          remote: store.text(connection.remote),
          server: { name: '127.0.0.1', port: 8888, software: serverName, scriptName: '' },
          concurrency: store.models.at(-1),
        }),
      );
    },
  };
}

/** A body that came in chunks, with bytes of every kind in it. */
export const chunkedBody = wire(
  '1b\r\n{"title": "Gr\xc3\xbc\xc3\x9fe", "n": 1\r\n1b;part=2\r\n, "note": "\x1b[31mred\x1b[0m\0\xff"}\r\n0\r\nDigest: abc\r\n\r\n',
);

/** As many small chunks as are kept of a body. */
export const manyChunks: WireBytes = { ...wire('1\r\nx\r\n'.repeat(10_000)), truncated: true, size: 3_200_000 };

function responseBodyOf(detail: ExchangeDetail | undefined): WireBytes | undefined {
  return detail && detail.responseHead !== '' ? wire('Hello, world\n') : undefined;
}

function wire(text: string): WireBytes {
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  return { bytes, truncated: false, size: bytes.length };
}
