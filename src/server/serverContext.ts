import type { Limits } from '../core/http/limits';
import type { ScriptName } from '../core/wsgi/scriptName';
import type { AppHost } from './appHost';
import type { Channel } from './channel';
import type { Deadlines } from './deadlines';
import type { Exchange } from './exchange';
import type { ServerLog } from './protocol';
import type { TraceRecorder } from './recorder';
import type { SelfCalls } from './selfCalls';
import type { Stalls } from './stalls';
import type { Turns } from './turns';

/** What the connections and exchanges of one listening server share. */
export interface ServerContext {
  readonly limits: Limits;
  readonly scriptName: ScriptName;
  readonly recorder: TraceRecorder;
  readonly apps: AppHost;
  readonly deadlines: Deadlines;
  readonly stalls: Stalls;
  /** Environ variables that are the same for all requests. */
  readonly variables: string;
  /** The server's side of every socket pair; undefined where it listens on all addresses: then each socket must tell. */
  readonly localPair: string | undefined;
  readonly turns: Turns;
  readonly selfCalls: SelfCalls;
  /** No further exchange is to begin on any connection. */
  readonly stopping: boolean;
  /** Each response says that it is the last of its connection: the server stops, or serves one connection at a time. */
  readonly closesEach: boolean;
  nextExchange(): number;
  /** The Date field of a response that is sent now. */
  date(): string;
  log(level: ServerLog['level'], source: ServerLog['source'], text: string): void;
  /** The client has left while the app's call goes on. */
  unattended(exchange: Exchange): void;
  /** Nothing remains to be done for the exchange. */
  finished(exchange: Exchange): void;
  /** The exchange has finished, and either the next one on its connection began or the connection closed. */
  settled(exchange: Exchange, channel: Channel): void;
  /** @returns the channel's number among those that are open */
  opened(channel: Channel): number;
  closed(channel: Channel): void;
}
