import type { WrittenMessages } from './messages';

const markup = '<img src=x onerror="stolen=1"><script>stolen=1</script><b>bold</b>';
const bidi = 'invoice\u202excod.exe\u2066\u2069';
const ansi = '\x1b[31mred\x1b[0m\x1b[2J\x1b]0;title\x07\x9b1m\0';

/** What clients and apps send that mean no good, by its target. */
export const hostileMessages: Readonly<Record<string, WrittenMessages>> = {
  '/<img%20src=x%20onerror=stolen=1>': {
    requestFields: [
      `X-Markup: ${markup}`,
      `Cookie: a=${markup}; ${markup}=b`,
      'Content-Type: multipart/form-data; boundary="<b>"',
    ],
    request: `--<b>\r\nContent-Disposition: form-data; name="${markup.replaceAll('"', '%22')}"\r\n\r\n${markup}${bidi}\r\n--<b>\r\nContent-Disposition: form-data; name="password"; filename="../../${bidi}"\r\nContent-Type: text/html\r\n\r\n${markup}\r\n--<b>--\r\n`,
    responseFields: ['Content-Type: application/json', `Set-Cookie: ${markup}=1; Path=${markup}`],
    response: JSON.stringify({
      [markup]: bidi,
      __proto__x: { password: ansi },
      [bidi]: [ansi, markup, 'x'.repeat(5000)],
    }),
  },
  '/"><script>stolen=1</script>?a="><script>stolen=1</script>&b=%E2%80%AEgnp.exe&c=%1b[31m&d=%00': {
    responseFields: ['Content-Type: text/html'],
    response: `<!doctype html><title>stolen</title><base href="http://127.0.0.1:1/"><meta http-equiv="refresh" content="0;url=http://127.0.0.1:1/">${markup}${bidi}${ansi}`,
  },
  '/\x9b31m\x85\xadred': {
    requestFields: [`X-Odd: \x9b1m\x80\xff`, `X-Huge: ${'x'.repeat(60_000)}`],
    responseFields: Array.from({ length: 500 }, (_, index) => `X-Many-${index}: ${index}`),
    response: Uint8Array.from({ length: 3000 }, (_, index) => (index * 31) & 0xff),
  },
  [`/${'a'.repeat(8000)}`]: {
    responseFields: ['Content-Type: text/plain; charset=no-such'],
    response: Uint8Array.from([0x68, 0x69, 0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0xf5]),
  },
  '/failed': {
    responseFields: ['Content-Type: image/svg+xml'],
    response: '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>parent.stolen=1</script></svg>',
    logs: [
      { stream: 'stdout', text: `${ansi}${bidi}${markup}\n` },
      { stream: 'stderr', text: `${'long '.repeat(10_000)}\n` },
      { stream: 'wsgi.errors', text: `  File "javascript:stolen=1", line 1, in ${bidi}\n  File "${bidi}", line 2\n` },
      ...Array.from({ length: 1000 }, (_, index) => ({ stream: 'stdout' as const, text: `line ${index}\n` })),
    ],
    problem: {
      fault: 'app',
      code: 'app-exception',
      message: `The app raised ValueError: ${markup}${bidi}${ansi}`,
      traceback: `Traceback (most recent call last):\n  File "\\\\evil\\share\\${bidi}.py", line 41, in ${markup}\n    ${ansi}\nValueError: ${markup}\n`,
    },
  },
  '/image': {
    responseFields: ['Content-Type: image/png'],
    response: markup,
  },
};
