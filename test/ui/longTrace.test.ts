import { connect } from 'node:net';
import { openWindow } from './openWindow';

/** A trace that goes to the webview in parts: through everything that lies between the server's thread and the canvas. */
describe('A long trace in VS Code', function () {
  this.timeout(300_000);
  const { workbench } = openWindow('long-trace');
  const requests = 30_000;
  const clients = 6;

  const shows = (text: string): Promise<void> =>
    workbench.timeline.locator(`canvas[data-exchanges="${text}"]`).waitFor({ state: 'attached', timeout: 60_000 });

  it('shows all of it when the timeline is opened, and again after it was hidden', async () => {
    const { hostname, port } = new URL(await workbench.startServer());
    await Promise.all(Array.from({ length: clients }, () => ask(hostname, Number(port), requests / clients)));
    await workbench.command('Lifeline: Show Timeline');
    await shows(String(requests));
    await workbench.screenshot('long-trace');

    await workbench.page.locator('.explorer-folders-view').getByText('hello.py', { exact: true }).dblclick();
    await workbench.page.locator('.monaco-editor .view-line').first().waitFor();
    await workbench.command('Lifeline: Show Timeline');
    await shows(String(requests));
    // The oldest of all is there, and knows its connection and its target.
    await workbench.picture.focus();
    await workbench.page.keyboard.press('Home');
    const inspector = workbench.inspector;
    await inspector.getByRole('heading', { name: /GET \/\?0 / }).waitFor();
    await inspector
      .getByText(/127\.0\.0\.1:\d+ ⇄/)
      .first()
      .waitFor();
  });
});

/** Sends so many requests on one connection, each behind the answer to the one before, 50 at a time. */
function ask(host: string, port: number, count: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host);
    let [sent, answered] = [0, 0];
    const send = (): void => {
      const some = Array.from(
        { length: Math.min(50, count - sent) },
        (_, index) => `GET /?${sent + index === 0 ? 0 : 1} HTTP/1.1\r\nHost: ${host}:${port}\r\n\r\n`,
      );
      sent += some.length;
      socket.write(some.join(''));
    };
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('close', () => (answered === count ? resolve() : reject(new Error(`closed after ${answered} answers`))));
    let rest = '';
    socket.setEncoding('latin1').on('data', (text: string) => {
      const parts = (rest + text).split('HTTP/1.1 200 ');
      answered += parts.length - 1;
      rest = (parts.at(-1) ?? '').slice(-'HTTP/1.1 200 '.length);
      if (answered === count) socket.end();
      else if (answered === sent) send();
    });
  });
}
