import { assertNever } from '../../../src/core/assertNever';
import type { ServerState } from '../../../src/core/trace/messages';

/** What the page is about: the data, or the next thing to do where there is none. */
export type Situation = 'connecting' | 'restricted' | 'noApp' | 'stopped' | 'starting' | 'failed' | 'waiting' | 'data';

export function situationOf(server: ServerState | undefined, hasData: boolean): Situation {
  if (hasData) return 'data';
  if (!server) return 'connecting';
  if (server.restricted) return 'restricted';
  switch (server.status) {
    case 'failed':
      return 'failed';
    case 'starting':
      return 'starting';
    case 'running':
      return server.problem ? 'failed' : 'waiting';
    case 'stopping':
    case 'stopped':
      return server.app === '' ? 'noApp' : 'stopped';
    default:
      return assertNever(server.status);
  }
}
