/**
 * What it means where another server decides otherwise: for a refusal by its code, for a sound case by its heading.
 * Kept by hand; `meanings.test.ts` holds that no code is forgotten.
 */
export function meaningOf(codeOrHeading: string): string {
  return meanings.get(codeOrHeading) ?? 'Not explained yet.';
}

const noChunked =
  'wsgiref speaks HTTP/1.0 and ignores Transfer-Encoding: the app gets no body, and no error. It closes after each response, so that nothing is smuggled.';
const originOnly =
  'RFC 9112, 3.2.2: a server MUST accept absolute-form. cheroot does so only where it is told to be a proxy.';
const fixedMethods =
  'RFC 9110, 9.1: a method is any token, in any case. A server may still limit itself to what its users need.';
const trailers =
  'RFC 9112, 7.1.2: a recipient reads trailer fields and may drop them. Refusing is safe, and not what the grammar says.';
const closeToken =
  'RFC 9112, 9.3: close anywhere in the list closes. A server that compares the whole value with “close” serves on.';

const meanings = new Map<string, string>([
  // Why ours refuses.
  [
    'bad-chunk',
    'RFC 9112, 7.1: a size is hexadecimal digits alone. Readers built on Python’s int() take signs, underscores and white space; where a proxy in front reads otherwise, the rest of the body becomes a request. Spaces after the size are a harmless leniency. Where silence is shown, the server took a size for a larger one and waits for data.',
  ],
  [
    'body-too-large',
    'A limit of ours (`lifeline.limits.bodyBytes`). The others have a larger limit or none, and wait for a body that does not come: no fault. A length that overflows is an error of the server (500) in some.',
  ],
  [
    'bare-lf',
    'RFC 9112, 2.2 lets a recipient take a bare LF for a line end in a head: accepting it there is legitimate. It is not in a chunk. We refuse it everywhere, as two servers that differ in it can be played off.',
  ],
  [
    'bad-trailer',
    'The others read over trailers without looking, which is harmless where they find the end. cheroot leaves the trailer section on the connection, where it is read as the next request.',
  ],
  ['trailers-too-large', 'A limit of ours (`lifeline.limits.fields`), so that trailers cannot fill memory.'],
  [
    'incomplete-request',
    'RFC 9112, 8: a body that ends early is incomplete. A server that calls the app with what has come leaves it to the app to count.',
  ],
  [
    'missing-host',
    'RFC 9112, 3.2: a server MUST refuse a 1.1 request without Host. Harmless behind a single name; not where a cache keys on it.',
  ],
  ['duplicate-host', 'RFC 9112, 3.2: a server MUST refuse more than one Host: which one is meant?'],
  [
    'bad-host',
    'RFC 9112, 3.2: a server MUST refuse an invalid Host. Frameworks check it later, where they are told to.',
  ],
  [
    'bad-field',
    'White space before the colon MUST be refused (RFC 9112, 5.1): serving it is the classic way to hide Transfer-Encoding. Folded lines may be joined instead (5.2), and NUL, CR and LF be replaced by spaces (RFC 9110, 5.5): accepting those is lenient, not wrong. A name that is no token has no legitimate reading.',
  ],
  ['expectation-failed', 'RFC 9110, 10.1.1 lets a server answer an unknown expectation with 417, or ignore it.'],
  [
    'head-too-large',
    'A limit (`lifeline.limits.headBytes`): the others have larger ones, and wait for the end of the head.',
  ],
  ['too-many-fields', 'A limit (`lifeline.limits.fields`).'],
  [
    'request-line-too-long',
    'A limit (`lifeline.limits.requestLineBytes`): the others have larger ones, or one for the whole head.',
  ],
  [
    'duplicate-content-length',
    'RFC 9112, 6.3 lets a recipient take several equal values for one, so accepting those is legitimate; different ones MUST be refused. wsgiref and werkzeug take one of them and close.',
  ],
  [
    'bad-content-length',
    'RFC 9112, 6.3: an invalid length MUST be refused and the connection closed. wsgiref and werkzeug hand it to the app as it is and close after the response; cheroot reads it with int().',
  ],
  [
    'length-and-coding',
    'RFC 9112, 6.1 lets a server take the coding and ignore the length, but it MUST close after the response. To serve the next request from the same connection is CL.TE smuggling.',
  ],
  [
    'transfer-encoding-in-1.0',
    'RFC 9112, 6.1: the framing is faulty; a server may read the request but MUST close after it.',
  ],
  [
    'coding-not-supported',
    'RFC 9112, 6.1: a coding that is not understood SHOULD be answered with 501. Empty list elements and “identity” may be read over; we refuse them, as no client sends them.',
  ],
  [
    'bad-transfer-encoding',
    'RFC 9112, 6.3: where chunked is not the last coding, the length is unknown, and the server MUST refuse. wsgiref and werkzeug take it for no body and close.',
  ],
  [
    'bad-target',
    'RFC 9112, 3.2: an invalid target SHOULD be refused. The others pass on what they do not understand as the path, or cut userinfo and fragment off.',
  ],
  ['connect-not-supported', 'CONNECT is for proxies. The others hand it to the app as a method like any other.'],
  [
    'bad-request-line',
    'RFC 9112, 3: an invalid request line SHOULD be refused; splitting at any white space is allowed, with care. Silence: the server takes a line without a valid version for HTTP/0.9 or waits for a head.',
  ],
  ['version-not-supported', 'RFC 9110, 15.6.6: 505 for another major version. waitress serves any.'],

  // Sound cases.
  ...[
    'chunked.md: Two chunks',
    'chunked.md: Sizes in upper and lower case, with zeros before',
    'chunked.md: A chunk that holds CRLF',
    'chunked.md: A body in chunks of one byte',
    'connection.md: Expect with a chunked body',
    'smuggling.md: A tab before the value is optional white space (5)',
    'smuggling.md: White space after the value is optional as well',
    'smuggling.md: Transfer-Encoding of a GET is no different',
  ].map((heading): [string, string] => [heading, noChunked]),
  ...[
    'chunked.md: Extensions are read over',
    'chunked.md: White space before an extension is bad white space, and passes (7.1.1)',
  ].map((heading): [string, string] => [
    heading,
    `RFC 9112, 7.1.1: a recipient MUST read over extensions that it does not know. werkzeug knows none, waitress no white space before them. ${noChunked}`,
  ]),
  [
    'chunked.md: A malformed extension is read over as well',
    'RFC 9112, 7.1.1 speaks of extensions that are not known, not of malformed ones: refusing is as right. We read over whatever cannot end a line.',
  ],
  ['chunked.md: Trailers are checked and dropped, and the next request follows', `${trailers} ${noChunked}`],
  ['chunked.md: Trailers change no framing of the next request', trailers],
  ['connection.md: close and keep-alive: close wins', closeToken],
  ['connection.md: close without spaces, after a tab', closeToken],
  [
    'connection.md: A body and keep-alive in 1.0, and another request',
    'werkzeug answers the first, and then neither answers the second nor closes.',
  ],
  [
    'connection.md: Empty lines between requests are ignored (2.2)',
    'RFC 9112, 2.2 asks for one empty line to be ignored; more is our leniency.',
  ],
  [
    'connection.md: HEAD with pipelined requests after it',
    'RFC 9110, 9.3.2: a server MUST NOT send a body in answer to HEAD. Here the app returns one, as many apps do, and the server sends it: the client takes it for the next response.',
  ],
  [
    'connection.md: Expect without a body',
    'waitress answers 100 Continue and waits for a body that was not announced. RFC 9110, 10.1.1: a server may leave 100 out where there is no body, and MUST send a final status.',
  ],
  ['request-line.md: Any token is a method', fixedMethods],
  ['request-line.md: A method in lower case is another method, not another spelling', fixedMethods],
  [
    'request-line.md: Bytes above 0x7F in the path pass, as curl sends what was typed',
    'RFC 3986 asks for them to be encoded: refusing is right by the letter. We pass them on, as PEP 3333 has a place for them and a developer types them into curl.',
  ],
  ...[
    'request-line.md: Absolute form: its authority overrides Host (3.2.2)',
    'request-line.md: Absolute form without a path',
    'request-line.md: Absolute form with a scheme in upper case',
    'request-line.md: Absolute form with an IPv6 address',
  ].map((heading): [string, string] => [heading, originOnly]),
  [
    'request-line.md: A later minor version is served as 1.1 (RFC 9110, 2.5)',
    'RFC 9110, 2.5: it is to be read as the highest minor version that the server knows. No such version exists.',
  ],
  [
    'request-line.md: Empty lines before a request are ignored (2.2)',
    'RFC 9112, 2.2: a server SHOULD ignore at least one empty line; here are two.',
  ],
  [
    'request-line.md: Two slashes begin a path, no authority',
    'RFC 9112, 3.2.1: a target that begins with “/” is a path. cheroot takes two for an authority; others make one slash of two, against open redirects.',
  ],
]);
