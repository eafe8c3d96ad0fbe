import { strict as assert } from 'node:assert';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { commands, extensions, Uri, workspace } from 'vscode';
import type { LifelineApi } from '../../src/extension';

/** The extension as a suite in the extension host meets it. */
export const extensionId = 'request-lifeline.request-lifeline';

export async function api(): Promise<LifelineApi> {
  const extension = extensions.getExtension<LifelineApi>(extensionId);
  assert.ok(extension, `${extensionId} is not installed`);
  return extension.activate();
}

/** The workspace folder that the run was given: a copy of `examples`. */
export function folder(): Uri {
  const [first] = workspace.workspaceFolders ?? [];
  assert.ok(first, 'no folder is open');
  return first.uri;
}

export async function writeFile(name: string, text: string): Promise<Uri> {
  const file = Uri.joinPath(folder(), name);
  await workspace.fs.writeFile(file, new TextEncoder().encode(text));
  return file;
}

export async function setApp(app: string): Promise<void> {
  await workspace.getConfiguration('lifeline').update('appFile', app);
}

export async function start(app: string): Promise<void> {
  await setApp(app);
  await commands.executeCommand('lifeline.startServer');
}

export async function stop(): Promise<void> {
  await commands.executeCommand('lifeline.stopServer');
}

/** Waits for what comes by itself, looking again every 20 ms. */
export async function until<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (let left = 500; left > 0; left--) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await sleep(20);
  }
  throw new Error(`waited in vain for ${what}`);
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** One request on a connection of its own to the server that runs. */
export async function get(path: string): Promise<Answer> {
  const { state } = await api();
  assert.ok(state.address, `the server does not listen: ${state.status} ${state.problem ?? ''}`);
  const url = new URL(path, `http://${state.address}`);
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent: false }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(pieces).toString('utf8') });
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}
