import { randomBytes } from 'node:crypto';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stream, which } from './harness/processRun';
import { VsCodeServer } from './harness/vscodeServer';

/**
 * `npm start`: builds, and opens the examples in an editor with the extension loaded. Desktop VS Code where `code` is
 * on PATH, otherwise VS Code's own server, for the browser.
 *
 *     npm start -- --browser        the browser even where there is a desktop VS Code
 *     npm start -- --port 9000      the port of the page
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { browser: { type: 'boolean', default: false }, port: { type: 'string', default: '8765' } },
  });
  say('Building…');
  if ((await stream(process.execPath, ['esbuild.mjs'], { cwd: root })) !== 0) throw new Error('The build failed.');
  const code = values.browser ? undefined : await which('code');
  if (code !== undefined) await openDesktop(code);
  else await serveBrowser(Number(values.port));
}

const root = join(import.meta.dirname, '..');
const examples = join(root, 'examples');

const whatToDo = `
What to do there:
  1. Press F1 and run "Lifeline: Start Server". It serves hello.py on http://127.0.0.1:8888/.
  2. Run "Lifeline: Show Timeline".
  3. Run "Lifeline: Open in Browser", or in a terminal: curl "http://127.0.0.1:8888/slow?seconds=3"
     Every request appears as a bar. Send six at a time: four run, and two wait for them.
`;

async function openDesktop(code: string): Promise<void> {
  const shell = process.platform === 'win32';
  const args = [`--extensionDevelopmentPath=${root}`, '--new-window', examples];
  const child = spawn(shell ? `"${code}"` : code, shell ? args.map((each) => `"${each}"`) : args, {
    shell,
    stdio: 'inherit',
  });
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      if (status === 0) resolve();
      else reject(new Error(`${code} ended with ${status}.`));
    });
  });
  say(`VS Code opens the examples, with the extension loaded.\n${whatToDo}`);
}

async function serveBrowser(wanted: number): Promise<void> {
  const server = await VsCodeServer.start({
    port: (await isFree(wanted)) ? wanted : 0,
    token: randomBytes(12).toString('hex'),
    settings: {
      // A newcomer sees the product, not the questions of an editor that was just installed.
      'workbench.colorTheme': 'Default Dark Modern',
      'remote.autoForwardPorts': false,
    },
  });
  say(`\nOpen this address in a browser:\n\n  ${server.address({ folder: examples, extension: root })}\n${whatToDo}`);
  say('Ctrl+C ends the editor and everything that it started.');
  await new Promise<void>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => resolve());
  });
  say('\nEnding…');
  await server.stop();
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
