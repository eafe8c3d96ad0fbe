import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { RawClient } from '../support/servers';
import { assertEventually } from './openPage';
import { openWindow } from './openWindow';

/** What a person sees of the bytes and the environ of real requests: they come all the way from the server's thread. */
describe('The bytes and the environ of a request in VS Code', function () {
  this.timeout(300_000);
  const { workbench } = openWindow('wire-bytes');
  let client: RawClient;

  before(async () => {
    const port = Number(new URL(await workbench.startServer()).port);
    client = await RawClient.to(port);
    client.send('GET /?first=1 HTTP/1.1\r\nHost: a\r\nCookie: s=s3cr3t\r\n\r\n');
    await client.receives(/HTTP\/1\.1 200 /);
    client.send('POST /?second=1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n');
    client.send('6;x=1\r\n\0\xff\x80\x1b[m\r\n0\r\nT: 1\r\n\r\n');
    await client.receives(/HTTP\/1\.1 200 [^]*HTTP\/1\.1 200 /);
    const refused = await RawClient.to(port);
    refused.send('GET /\x1b[31m HTTP/1.1\r\nHost: a\r\n\r\n');
    await refused.rest();
    await workbench.command('Lifeline: Show Timeline');
  });
  after(() => {
    client.close();
  });

  const tab = (name: string): Promise<void> => workbench.inspector.getByRole('tab', { name, exact: true }).click();

  it('shows every byte of a body as it was sent', async () => {
    await workbench.select('POST /?second=1');
    await tab('Raw bytes');
    const parts = workbench.inspector.getByRole('listbox', { name: 'Parts of what was received' });
    await parts.getByRole('option', { name: /^Chunk data: \\x00\\xff\\x80\\x1b\[m, 6 bytes/ }).click();
    const lit = workbench.inspector.locator('.hex .lit');
    await assertEventually(async () => (await lit.allTextContents()).join('').trim() === '00 ff 80 1b 5b 6d');
    await workbench.screenshot('wire-bytes-1-received');
  });

  it('shows what was sent as the client got it', async () => {
    await workbench.inspector.getByRole('button', { name: /^Sent / }).click();
    const parts = workbench.inspector.getByRole('listbox', { name: 'Parts of what was sent' });
    await parts.getByRole('option', { name: /^Status code: 200/ }).waitFor();
    const { received } = client;
    const sent = received.slice(received.lastIndexOf('HTTP/1.1 200 '));
    const size = await workbench.inspector.getByRole('button', { name: /^Sent / }).innerText();
    if (sent.length < 1000) assert.equal(size.trim(), `Sent ${sent.length} B`);
    await parts.getByRole('option', { name: 'Field value: Request-Lifeline' }).waitFor();
  });

  it('shows what arrived of a request that was refused', async () => {
    await workbench.select('→ 400');
    await workbench.inspector.getByRole('button', { name: /^Received / }).click();
    const parts = workbench.inspector.getByRole('listbox', { name: 'Parts of what was received' });
    await parts.getByRole('option', { name: /^Request target: \/\\x1b\[31m/ }).waitFor();
    await tab('Environ');
    await workbench.inspector.getByText('There is none: the request did not reach the app.').waitFor();
  });

  it('shows the environ, what changed in it, and copies a value', async () => {
    await workbench.select('POST /?second=1');
    const row = (name: string): Locator =>
      workbench.inspector
        .getByRole('row')
        .filter({ has: workbench.timeline.getByRole('rowheader', { name, exact: true }) });
    await row('QUERY_STRING').getByText('second=1').waitFor();
    await row('REMOTE_PORT').getByText(String(client.localPort)).waitFor();
    await row('wsgi.multithread').getByText('True').waitFor();
    await workbench.inspector.getByRole('combobox', { name: 'Compare With' }).selectOption('connection');
    await row('changed: REQUEST_METHOD').getByText('GET').waitFor();
    await row('not here: HTTP_COOKIE').getByText('••••••').waitFor();
    await row('changed: QUERY_STRING').getByRole('button', { name: 'Copy QUERY_STRING' }).click();
    await assertEventually(
      async () => (await workbench.page.evaluate(async () => navigator.clipboard.readText())) === 'second=1',
    );
    await workbench.screenshot('wire-bytes-2-environ');
  });
});
