/** "address:port", an IPv6 address in brackets; empty where the socket has gone already. */
export function addressPair(address: string | undefined, port: number | undefined): string {
  if (address === undefined || port === undefined) return '';
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
