/** The connections of each client, which is an address without its port: browsers open several, from as many ports. */
export class Clients {
  readonly #clients = new Map<string, Client>();
  readonly #clientOf = new Map<number, Client>();

  /** In the order in which they were first seen. */
  get all(): readonly Client[] {
    return [...this.#clients.values()];
  }

  of(connection: number): Client | undefined {
    return this.#clientOf.get(connection);
  }

  /** @param remote "127.0.0.1:54310", "[::1]:54310", or empty where it is not known yet */
  addConnection(id: number, remote: string): void {
    const address = remote.slice(0, Math.max(0, remote.lastIndexOf(':'))) || 'unknown client';
    const known = this.#clientOf.get(id);
    if (known?.address === address) return;
    if (known) known.connections = known.connections.filter((each) => each !== id);
    const client = this.#clients.get(address) ?? { address, connections: [] };
    this.#clients.set(address, client);
    this.#clientOf.set(id, client);
    // Nearly always the newest.
    let position = client.connections.length;
    while (position > 0 && (client.connections[position - 1] ?? 0) > id) position--;
    client.connections.splice(position, 0, id);
    if (known?.connections.length === 0) this.#clients.delete(known.address);
  }

  /** Keeps only the connections that there still are. */
  forget(isKept: (connection: number) => boolean): void {
    for (const client of this.all) {
      for (const id of client.connections) if (!isKept(id)) this.#clientOf.delete(id);
      client.connections = client.connections.filter(isKept);
      if (client.connections.length === 0) this.#clients.delete(client.address);
    }
  }
}

export interface Client {
  readonly address: string;
  /** Oldest first. */
  connections: number[];
}
