import type { Socket } from 'node:net';
import { closers, closings, type Closer, type Closing } from '../core/trace/columns';
import { addressPair } from './addressPair';
import type { LiveConnection } from './recorder';
import type { ServerContext } from './serverContext';

/** The row of a connection that the listening socket handed over at `accepted`. It has yet to be told of as changed. */
export function acceptedRow(server: ServerContext, socket: Socket, id: number, accepted: number): LiveConnection {
  const { recorder } = server;
  const row = recorder.connections.add();
  row.id = id;
  row.local = recorder.intern(server.localPair ?? addressPair(socket.localAddress, socket.localPort));
  row.remote = recorder.intern(addressPair(socket.remoteAddress, socket.remotePort));
  row.accepted = accepted;
  row.registered = recorder.now();
  row.turn = NaN;
  row.closing = NaN;
  row.closed = NaN;
  return row;
}

/** The first sign of the end counts: who closed, how, and when. */
export function noteClosing(server: ServerContext, row: LiveConnection, by: Closer, how: Closing): void {
  if (!Number.isNaN(row.closing)) return;
  row.closing = server.recorder.now();
  row.closedBy = closers.indexOf(by);
  row.how = closings.indexOf(how);
  server.recorder.connections.changed(row);
}
