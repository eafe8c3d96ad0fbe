import { indexOf } from './lanes';

/** The connections of each client, which is an address without its port: browsers open several, from as many ports. */
export class Clients {
  readonly #clients = new Map<string, Client>();
  readonly #clientOf = new Map<number, Client>();
  #all: readonly Client[] | undefined;
  #version = 0;

  /** In the order in which they were first seen. */
  get all(): readonly Client[] {
    return (this.#all ??= [...this.#clients.values()]);
  }

  /** Changes when a connection comes, goes, or turns out to be another client's. */
  get version(): number {
    return this.#version;
  }

  of(connection: number): Client | undefined {
    return this.#clientOf.get(connection);
  }

  /**
   * A connection is new, or has changed.
   *
   * @param remote "127.0.0.1:54310", "[::1]:54310", or empty where it is not known yet
   * @param old as it stood before
   */
  put(id: number, remote: string, row: ClientFields, old: ClientFields | undefined): void {
    const address = remote.slice(0, Math.max(0, remote.lastIndexOf(':'))) || 'unknown client';
    const known = this.#clientOf.get(id);
    if (known && old) count(known, old, -1);
    if (known?.address === address) {
      count(known, row, 1);
      return;
    }
    if (known) known.connections = known.connections.filter((each) => each !== id);
    const client = this.#clients.get(address) ?? { address, connections: [], open: 0, requests: 0 };
    count(client, row, 1);
    this.#clients.set(address, client);
    this.#clientOf.set(id, client);
    this.#all = undefined;
    this.#version++;
    // Nearly always the newest.
    let position = client.connections.length;
    while (position > 0 && (client.connections[position - 1] ?? 0) > id) position--;
    client.connections.splice(position, 0, id);
    if (known?.connections.length === 0) this.#clients.delete(known.address);
  }

  /** The trace forgets a connection, which may keep its lane for a while. @param row as it stands */
  uncount(id: number, row: ClientFields): void {
    const client = this.#clientOf.get(id);
    if (client) count(client, row, -1);
  }

  /** Connections are gone, and counted no longer. @param ids the lowest first */
  remove(ids: readonly number[]): void {
    if (ids.length === 0) return;
    this.#all = undefined;
    this.#version++;
    /** The lowest and the highest id that each client loses. */
    const losses = new Map<Client, [number, number]>();
    for (const id of ids) {
      const client = this.#clientOf.get(id);
      if (!client) continue;
      this.#clientOf.delete(id);
      losses.set(client, [losses.get(client)?.[0] ?? id, id]);
    }
    for (const [client, [first, last]] of losses) {
      const { connections } = client;
      const to = indexOf(connections, last) + 1;
      let kept = indexOf(connections, first);
      for (let at = kept; at < to; at++) {
        const id = connections[at] ?? 0;
        if (this.#clientOf.has(id)) connections[kept++] = id;
      }
      connections.splice(kept, to - kept);
      if (connections.length === 0) this.#clients.delete(client.address);
    }
  }
}

export interface Client {
  readonly address: string;
  /** Oldest first. */
  connections: number[];
  /** How many of them are open. */
  open: number;
  /** Requests on all of them. */
  requests: number;
}

interface ClientFields {
  readonly requests: number;
  /** NaN while it is open. */
  readonly closed: number;
}

function count(client: Client, { requests, closed }: ClientFields, by: 1 | -1): void {
  client.requests += by * requests;
  if (Number.isNaN(closed)) client.open += by;
}
