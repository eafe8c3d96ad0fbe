import type { Socket } from 'node:net';

/** "address:port", an IPv6 address in brackets; empty where the socket has gone already. */
export function addressPair(address: string | undefined, port: number | undefined): string {
  if (address === undefined || port === undefined) return '';
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** The socket's peer runs on this machine. */
export function peerIsLocal({ remoteAddress = '', localAddress }: Socket): boolean {
  return remoteAddress === localAddress || loopback.test(remoteAddress);
}

const loopback = /^(?:::1$|(?:::ffff:)?127\.)/;
