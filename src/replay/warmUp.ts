import { ReplayConnection, type Target } from './replayConnection';

/**
 * The first request of a new thread to a new server finds code on both sides that has never run, and that would be
 * measured as well. So a few go ahead that the server refuses, without a call of the app.
 */
export async function warmUp(target: Target, signal: AbortSignal): Promise<void> {
  for (let left = rounds; left > 0; left--) {
    const connection = await ReplayConnection.open(target, signal);
    const pieces = [{ at: 0, bytes: Uint8Array.from('refused\r\n\r\n', (character) => character.charCodeAt(0)) }];
    await connection?.exchange({ exchange: 0, method: 'GET', pieces }, () => Promise.resolve());
    connection?.close();
  }
}

const rounds = 3;
