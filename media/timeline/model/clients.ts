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

  /** Keeps only the connections that there still are. @param read what is known of one */
  forget(isKept: (connection: number) => boolean, read: (connection: number) => ClientFields | undefined): void {
    this.#all = undefined;
    this.#version++;
    for (const client of this.#clients.values()) {
      for (const id of client.connections) if (!isKept(id)) this.#clientOf.delete(id);
      client.connections = client.connections.filter(isKept);
      client.open = 0;
      client.requests = 0;
      for (const id of client.connections) {
        const row = read(id);
        if (row) count(client, row, 1);
      }
      if (client.connections.length === 0) this.#clients.delete(client.address);
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
