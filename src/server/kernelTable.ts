import { endianness } from 'node:os';
import type { TcpState } from '../core/trace/kernelView';

/**
 * The tables in which Linux tells of TCP sockets: /proc/net/tcp and tcp6 (`man 5 proc`; net/ipv4/tcp_ipv4.c prints them).
 *
 *     sl  local_address rem_address   st tx_queue rx_queue tr tm->when ...
 *      0: 0100007F:22B8 0100007F:D431 06 00000000:00000000 03:000017A2 00000000 ...
 *
 * An address is what lies in memory, read in words of 32 bits: 127.0.0.1 is 0100007F where the lowest byte comes first.
 * Tables have 10,000 rows where many connections were closed of late, so bytes are looked at where they lie, and
 * strings are made of the rows of one local port alone.
 */
export interface KernelRow {
  /** Both addresses as the table has them: see `kernelPair`. */
  readonly pair: string;
  readonly state: TcpState;
  /** tx_queue; rx_queue, which of a listening socket is the number of connections that wait to be accepted. */
  readonly unacknowledged: number;
  readonly unread: number;
  /** ms until the kernel forgets the pair, where it is in TIME_WAIT */
  readonly leftMs: number;
}

/** Takes a table in pieces of any size, and tells the rows whose local port is the given one. */
export class KernelTable {
  readonly #port: string;
  readonly #take: (row: KernelRow) => void;
  #rest: Buffer = Buffer.alloc(0);

  constructor(localPort: number, take: (row: KernelRow) => void) {
    this.#port = `:${hexPort(localPort)} `;
    this.#take = take;
  }

  push(piece: Buffer): void {
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, piece]) : piece;
    let start = 0;
    for (;;) {
      const end = bytes.indexOf(lineFeed, start);
      if (end < 0) break;
      this.#line(bytes, start, end);
      start = end + 1;
    }
    // A copy: the piece may be written over.
    this.#rest = Buffer.from(bytes.subarray(start));
  }

  #line(bytes: Buffer, start: number, end: number): void {
    // "  12: 0100007F:22B8 ": the second colon comes before the local port.
    const number = bytes.indexOf(colon, start);
    if (number < 0 || number >= end) return;
    const local = number + 2;
    const port = bytes.indexOf(colon, local);
    if (port < 0 || port >= end || !this.#isOurs(bytes, port)) return;
    const row = rowPattern.exec(bytes.toString('latin1', local, end));
    if (!row) return;
    const [, pair = '', state = '', unacknowledged = '', unread = '', left = ''] = row;
    const name = stateNames[parseInt(state, 16)];
    if (name === undefined) return;
    this.#take({
      pair,
      state: name,
      unacknowledged: parseInt(unacknowledged, 16),
      unread: parseInt(unread, 16),
      // The kernel counts hundredths of a second here (USER_HZ).
      leftMs: name === 'TIME_WAIT' ? parseInt(left, 16) * 10 : NaN,
    });
  }

  #isOurs(bytes: Buffer, at: number): boolean {
    for (let index = 0; index < this.#port.length; index++) {
      if (bytes[at + index] !== this.#port.charCodeAt(index)) return false;
    }
    return true;
  }
}

/** "127.0.0.1:8888" and "127.0.0.1:54310" as a table has the two. */
export function kernelPair(local: string, remote: string): string {
  return `${kernelAddress(local)} ${kernelAddress(remote)}`;
}

/** What a table has in the place of the peer of a listening socket. */
export function kernelListener(local: string): string {
  const address = kernelAddress(local);
  return `${address} ${'0'.repeat(address.length - 5)}:0000`;
}

/** "127.0.0.1:8888" is "0100007F:22B8"; an IPv6 address stands in brackets. Empty where it is no address. */
function kernelAddress(pair: string): string {
  const colonAt = pair.lastIndexOf(':');
  const address = pair.slice(0, colonAt).replace(/^\[|\]$/g, '');
  const bytes = address.includes(':') ? ipv6Bytes(address) : ipv4Bytes(address);
  let words = '';
  for (let at = 0; at < bytes.length; at += 4) {
    const word = bytes.slice(at, at + 4);
    if (endianness() === 'LE') word.reverse();
    words += word.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }
  return `${words.toUpperCase()}:${hexPort(Number(pair.slice(colonAt + 1)))}`;
}

function ipv4Bytes(text: string): number[] {
  return text.split('.').map(Number);
}

/** As Node writes it: with one "::" at most, perhaps an IPv4 address at the end, perhaps a zone. */
function ipv6Bytes(text: string): number[] {
  const [front = '', back] = (text.split('%')[0] ?? '').split('::');
  const head = groupBytes(front);
  const tail = groupBytes(back ?? '');
  const zeros = back === undefined ? 0 : Math.max(0, 16 - head.length - tail.length);
  return [...head, ...new Array<number>(zeros).fill(0), ...tail];
}

function groupBytes(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (group.includes('.')) return ipv4Bytes(group);
    const value = parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

function hexPort(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0');
}

const colon = 0x3a;
const lineFeed = 0x0a;
const rowPattern =
  /^([0-9A-F]+:[0-9A-F]{4} [0-9A-F]+:[0-9A-F]{4}) ([0-9A-F]{2}) ([0-9A-F]{8}):([0-9A-F]{8}) [0-9A-F]{2}:([0-9A-F]+) /;

/** By the numbers of include/net/tcp_states.h. 12 is a request that has not become a socket yet, told as SYN_RECV. */
const stateNames: readonly (TcpState | undefined)[] = [
  undefined,
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'TIME_WAIT',
  'CLOSED',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
  'CLOSING',
  'SYN_RECV',
];
