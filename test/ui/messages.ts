import type { ExchangeDetail, LogLine, Problem } from '../../src/core/trace/detail';
import type { MessageBody } from '../../src/core/trace/messages';

/** What requests and responses of the scenario "bodies" and "hostile" say, by their target. */
export interface WrittenMessages {
  readonly requestFields?: readonly string[];
  readonly responseFields?: readonly string[];
  readonly request?: Uint8Array | string;
  readonly response?: Uint8Array | string;
  /** Bytes of the response beyond those that are kept. */
  readonly more?: number;
  readonly logs?: readonly Omit<LogLine, 'at'>[];
  readonly problem?: Problem;
}

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const form = 'application/x-www-form-urlencoded';

function part(disposition: string, content: string, type = ''): string {
  return `--b0undary\r\nContent-Disposition: form-data; ${disposition}\r\n${type ? `Content-Type: ${type}\r\n` : ''}\r\n${content}\r\n`;
}

/** A document with many values, longer than what is kept of it. */
function manyItems(length: number): string {
  const items = Array.from({ length: 2000 }, (_, id) => `{"id":${id},"name":"item ${id}","price":${id / 4}}`);
  return `{"total":90210,"items":[${items.join(',')}]}`.slice(0, length);
}

export const writtenMessages: Readonly<Record<string, WrittenMessages>> = {
  '/login?next=%2Fa%20b&lang=de&bad=%ff': {
    requestFields: [`Content-Type: ${form}`, 'Cookie: theme=dark; session=abc123; theme=light'],
    request: 'user=J%C3%BCrgen&password=hunter2&csrfmiddlewaretoken=f00ba7&remember=on',
    responseFields: [
      'Content-Type: application/json',
      'Set-Cookie: session=n3w; Path=/; HttpOnly; SameSite=Lax',
      'Set-Cookie: theme=dark; Max-Age=31536000',
    ],
    response:
      '{"user": {"name": "J\\u00fcrgen", "id": 12345678901234567890, "admin": false, "manager": null}, "accessToken": "s3cr3t-acc3ss", "roles": ["editor", "reader"]}',
  },
  '/upload': {
    requestFields: ['Content-Type: multipart/form-data; boundary=b0undary'],
    request: `${part('name="title"', 'A cat')}${part('name="api_key"', 'k3y')}${part('name="photo"; filename="c\u202etag.png"', 'x'.repeat(3000), 'image/png')}--b0undary--\r\n`,
    responseFields: ['Content-Type: image/png'],
    response: Uint8Array.from(atob(png), (character) => character.charCodeAt(0)),
  },
  '/items': {
    responseFields: ['Content-Type: application/json; charset=utf-8'],
    response: manyItems(65_536),
    more: 3_200_000,
  },
  '/page': {
    responseFields: ['Content-Type: text/html; charset=utf-8'],
    response:
      '<!doctype html>\n<title>Shop</title>\n<script>document.title = "stolen"</script>\n<h1 onclick="x()">Gr\u00fc\u00dfe</h1>\n',
  },
  '/logo.svg': {
    responseFields: ['Content-Type: image/svg+xml'],
    response:
      '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="60" onload="parent.stolen = 1"><script>parent.stolen = 1</script><image href="http://127.0.0.1:1/x.png"/><rect width="120" height="60" fill="teal"/></svg>',
  },
  '/data.bin': {
    responseFields: ['Content-Type: application/octet-stream'],
    response: Uint8Array.from({ length: 700 }, (_, index) => (index * 37) & 0xff),
  },
  '/broken.json': {
    responseFields: ['Content-Type: application/json'],
    response: '{"password": "0ops",\n "a": }',
  },
  '/broken': {
    requestFields: ['Content-Type: application/json'],
    request: '{"it": "is"}',
    responseFields: ['Content-Type: text/plain'],
    response: 'Internal Server Error',
    logs: [
      { stream: 'stdout', text: '\x1b[1;32mINFO\x1b[0m dividing\n' },
      { stream: 'stderr', text: '\x1b[2J\x1b]0;owned\x07gone?\n' },
      {
        stream: 'wsgi.errors',
        text: 'Traceback (most recent call last):\n  File "/app/shop/db.py", line 7, in get\n    return rows[key]\n           ~~~~^^^^^\nKeyError: \'\u202ex\'\n',
      },
    ],
    problem: {
      fault: 'app',
      code: 'app-exception',
      message: 'The app raised ZeroDivisionError: division by zero.',
      traceback:
        'Traceback (most recent call last):\n  File "/usr/lib/python3.11/site-packages/flask/app.py", line 2190, in wsgi_app\n    response = self.full_dispatch_request()\n  File "/app/flask_app.py", line 41, in broken\n    return 1 / 0\n           ~~^~~\nZeroDivisionError: division by zero\n',
    },
  },
};

/** What the detail of an exchange has of such a message, beside what each has. */
export function headsOf(
  method: string,
  target: string,
  status: number,
  written: WrittenMessages,
): Pick<ExchangeDetail, 'requestHead' | 'responseHead'> {
  const length = (content: Uint8Array | string | undefined): number => bytesOf(content ?? '').length;
  const requestFields = [
    ...(written.requestFields ?? []),
    ...(written.request === undefined ? [] : [`Content-Length: ${length(written.request)}`]),
  ];
  const responseFields = [
    ...(written.responseFields ?? []),
    `Content-Length: ${length(written.response) + (written.more ?? 0)}`,
  ];
  return {
    requestHead: [`${method} ${target} HTTP/1.1`, 'Host: 127.0.0.1:8888', ...requestFields].join('\r\n'),
    responseHead: [`HTTP/1.1 ${status} OK`, ...responseFields].join('\r\n'),
  };
}

export function bodyOf(written: WrittenMessages, message: 'request' | 'response'): MessageBody | undefined {
  const content = written[message];
  if (content === undefined) return undefined;
  const bytes = bytesOf(content);
  const more = message === 'response' ? (written.more ?? 0) : 0;
  return { bytes, truncated: more > 0, kept: bytes.length, size: bytes.length + more, decoded: '' };
}

function bytesOf(content: Uint8Array | string): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}
