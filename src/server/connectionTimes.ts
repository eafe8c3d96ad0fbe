import type { Closing } from '../core/trace/columns';

/** What a connection may wait for, and how its end is named where that does not come in time. */
export const closingOf = {
  idle: 'idle timeout',
  head: 'request timeout',
  body: 'request timeout',
  linger: 'FIN',
} as const satisfies Record<string, Closing>;

export type WaitsFor = keyof typeof closingOf;

/** How long the peer may take to close after our FIN, as nginx's lingering_timeout; less when the server stops. */
export const lingerMs = 5000;
export const shortLingerMs = 300;

/** How long a connection may stay idle that was open before the server began to serve one at a time. */
export const leftoverIdleMs = 100;
