import { createServer, type AddressInfo } from 'node:net';

/** Answers every request with an empty page, and tells the bytes of the last one. */
export interface RawServer {
  readonly address: string;
  /** What arrived while this ran: head and body. */
  received(send: () => Promise<unknown>): Promise<{ firstLine: string; fields: string[]; body: string }>;
  close(): void;
}

export async function rawServer(): Promise<RawServer> {
  let last = '';
  const server = createServer((socket) => {
    let seen = '';
    socket.on('error', () => socket.destroy());
    socket.on('data', (piece) => {
      seen += piece.toString('latin1');
      const end = seen.indexOf('\r\n\r\n');
      const length = Number(/^content-length: (\d+)/im.exec(seen.slice(0, end))?.[1] ?? 0);
      if (end < 0 || seen.length < end + 4 + length) return;
      last = seen;
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: async (send) => {
      last = '';
      await send();
      const end = last.indexOf('\r\n\r\n');
      const [firstLine = '', ...fields] = last.slice(0, end).split('\r\n');
      return { firstLine, fields, body: last.slice(end + 4) };
    },
    close: () => server.close(),
  };
}
