import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { openWindow } from './openWindow';

const app = `
PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082")


def application(environ, start_response):
    if environ["PATH_INFO"] == "/fail":
        print("\\x1b[31mred\\x1b[0m \\u202egnp.exe <b>bold</b>")
        raise ValueError("<img src=x onerror=alert(1)>")
    start_response("200 OK", [("Content-Type", "image/png")])
    return [PNG]
`;

/** Real requests by sockets, which mean no good, through the server and the host to the page with its real policy. */
describe('Hostile requests in VS Code', function () {
  this.timeout(300_000);
  const { workbench } = openWindow('hostile', {}, async (folder) => {
    await writeFile(join(folder, 'hello.py'), app);
    return undefined;
  });
  let port = 0;
  const refusals: string[] = [];

  before(async () => {
    workbench.page.on('console', (message) => {
      const { url } = message.location();
      if (message.text().includes('Content Security Policy') && /timeline\.js|webview/.test(url + message.text())) {
        refusals.push(message.text());
      }
    });
    port = Number(new URL(await workbench.startServer()).port);
    await workbench.command('Lifeline: Show Timeline');
    await workbench.timeline.getByRole('button', { name: 'Follow' }).first().waitFor();
  });

  /** Sends bytes on a connection of their own; answers with what comes back until the server closes. */
  async function send(text: string): Promise<string> {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    let answer = '';
    socket.setEncoding('latin1').on('data', (piece: string) => (answer += piece));
    socket.write(text, 'latin1');
    await once(socket, 'close');
    return answer;
  }

  const tab = (name: string) => workbench.timeline.getByRole('tab', { name });

  it('are refused where a field has a megabyte, and the page says so', async () => {
    const answer = await send(`GET /huge HTTP/1.1\r\nHost: x\r\nX-Huge: ${'x'.repeat(1024 * 1024)}\r\n\r\n`);
    assert.match(answer, /^HTTP\/1\.1 431 |^$/);
    await workbench.select('431');
  });

  it('are shown as text, with an image drawn under the policy of the webview', async () => {
    await send(
      'GET /<b>\x9b31m?token="><script>x</script> HTTP/1.1\r\nHost: x\r\nX-Odd: \xff\xad\r\nConnection: close\r\n\r\n',
    );
    await workbench.select('/<b>\\x9b31m?token="><script>x</script>');
    await tab('Request').click();
    await workbench.timeline.getByText('\\xad').first().waitFor();
    await tab('Response').click();
    await workbench.timeline.getByText('1 × 1 pixels').waitFor();
    await workbench.screenshot('hostile-1-image');
  });

  it('fail with a traceback whose frames open their line', async () => {
    await send('GET /fail HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    await workbench.select('/fail');
    await tab('App log').click();
    await workbench.timeline.getByText('\\u202e').waitFor();
    await workbench.screenshot('hostile-2-log');
    await workbench.timeline.getByRole('button', { name: 'hello.py, line 8, in application' }).click();
    await workbench.page.locator('.monaco-editor .view-line', { hasText: 'raise' }).first().waitFor();
    await workbench.page.getByText('Ln 8, Col 9').waitFor();
    await workbench.screenshot('hostile-3-source');
  });

  it('break no rule of the policy', () => {
    assert.deepEqual(refusals, []);
  });
});
