import { ReplayConnection, type Target } from './replayConnection';

/**
 * Sends one request as it is, all at once, and waits for its answer.
 *
 * @param opened is told the client's port when the connection is open
 * @throws {Error} where there is no connection to be had
 */
export async function sendOne(
  method: string,
  bytes: Uint8Array,
  target: Target,
  signal: AbortSignal,
  opened: (localPort: number) => void,
): Promise<void> {
  const connection = await ReplayConnection.open(target, signal);
  if (!connection) throw new Error(`No connection could be made to ${target.host}, port ${target.port}.`);
  opened(connection.localPort);
  await connection.exchange({ exchange: 0, method, pieces: [{ at: 0, bytes }] }, () => Promise.resolve());
  connection.close();
}
