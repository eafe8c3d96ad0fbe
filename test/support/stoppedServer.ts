import type { ServerState } from '../../src/core/trace/messages';

/** What the page is told before a server was started. */
export const stoppedServer: ServerState = {
  status: 'stopped',
  restricted: false,
  app: 'hello.py',
  concurrency: 'threads × 4',
  slots: 4,
  clockOriginUnixMs: 0,
};
