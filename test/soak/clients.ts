import { Agent, request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { crc32 } from 'node:zlib';
import { pause } from '../support/servers';
import { Ledger, type Answer } from './ledger';

/** What all clients of a soak share. */
export class Field {
  readonly ledger = new Ledger();
  #over = false;

  constructor(readonly port: number) {}

  /** The clients end, each after its request. */
  end(): void {
    this.#over = true;
  }

  over(): boolean {
    return this.#over;
  }
}

export type Client = (field: Field) => Promise<void>;

/** Small requests over one connection, one after another. */
export const keepAlive: Client = (field) => repeated(field, new Agent({ keepAlive: true, maxSockets: 1 }), 4, short);

/** Small requests, each over a connection of its own. */
export const closing: Client = (field) => repeated(field, new Agent({ keepAlive: false }), 20, short);

export const uploading: Client = (field) =>
  repeated(field, new Agent({ keepAlive: true, maxSockets: 1 }), 20, async (agent, token) => {
    const body = Buffer.alloc(1 + Math.floor(Math.random() * 500_000), token);
    const began = performance.now();
    const answer = await ask(field.port, agent, `/upload?${token}`, 0, body);
    field.ledger.note(
      began,
      `an upload of ${body.length} bytes`,
      `${token} ${body.length} ${crc32(body)}`,
      answer,
      false,
    );
  });

/** Reads a megabyte a little at a time, so that the server waits for it. */
export const slowlyReading: Client = (field) =>
  repeated(field, new Agent({ keepAlive: true, maxSockets: 1 }), 20, async (agent, token) => {
    const began = performance.now();
    const answer = await ask(field.port, agent, `/download?${token}`, 10);
    field.ledger.note(began, 'a download', token.repeat(65_536), answer, false);
  });

/** Goes away at any time, with a FIN or an RST. */
export const aborting: Client = async (field) => {
  while (!field.over()) {
    const socket = connect({ port: field.port, host: '127.0.0.1' });
    // That it breaks is what it is for.
    socket.on('error', () => socket.destroy());
    const text =
      [`GET /slow?${newToken()}`, `GET /download?${newToken()}`, `POST /upload?${newToken()}`][anyOf(3)] ?? '';
    const whole = `${text} HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n${'x'.repeat(100)}`;
    socket.write(whole.slice(0, anyOf(2) ? whole.length : anyOf(whole.length)));
    await pause(anyOf(60));
    if (anyOf(2)) socket.resetAndDestroy();
    else socket.destroy();
  }
};

/** A byte a second, for ever: it never gets to the end of its head in time. */
export const slowloris: Client = async (field) => {
  while (!field.over()) {
    const socket = connect({ port: field.port, host: '127.0.0.1' });
    socket.on('error', () => socket.destroy());
    const head = `GET /?slowloris HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(1000)}`;
    for (let at = 0; at < head.length && !field.over() && !socket.destroyed; at++) {
      socket.write(head.charAt(at));
      for (let left = 10; left > 0 && !field.over(); left--) await pause(100);
    }
    socket.destroy();
  }
};

async function short(agent: Agent, token: string, field: Field): Promise<void> {
  const began = performance.now();
  const answer = await ask(field.port, agent, `/token?${token}`, 0);
  field.ledger.note(began, 'a small request', token, answer, true);
}

/** Asks with a new token each time, and thinks in between, as clients do. */
async function repeated(
  field: Field,
  agent: Agent,
  thinkMs: number,
  act: (agent: Agent, token: string, field: Field) => Promise<void>,
): Promise<void> {
  while (!field.over()) {
    await act(agent, newToken(), field);
    await pause(anyOf(thinkMs));
  }
  agent.destroy();
}

/** @param readMs how long to wait after each block that was read */
function ask(port: number, agent: Agent, path: string, readMs: number, body?: Uint8Array): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const outgoing = request({ port, host: '127.0.0.1', agent, path, method: body ? 'POST' : 'GET' }, (response) => {
      read(response, readMs).then(
        (text) => resolve({ status: response.statusCode ?? 0, body: text }),
        () => resolve(undefined),
      );
    });
    outgoing.setTimeout(patienceMs, () => outgoing.destroy());
    outgoing.on('error', () => resolve(undefined));
    outgoing.end(body);
  });
}

async function read(response: IncomingMessage, readMs: number): Promise<string> {
  let text = '';
  for await (const block of response as AsyncIterable<Buffer>) {
    text += block.toString('latin1');
    if (readMs > 0) await pause(readMs);
  }
  return text;
}

let tokens = 0;

/** Sixteen characters that no other request has. */
function newToken(): string {
  return `t${String(tokens++).padStart(15, '0')}`;
}

function anyOf(bound: number): number {
  return Math.floor(Math.random() * bound);
}

/** Beyond, a request counts as lost. */
const patienceMs = 30_000;
