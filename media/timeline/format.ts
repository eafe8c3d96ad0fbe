/** Numbers as people read them. Times go in as ms. */
export { bytes, counted } from '../../src/core/trace/amounts';
export { duration } from '../../src/core/trace/duration';

/** A point in time since the trace's zero: "0.512 s", "12.35 s", "1:05.35", "2:00:05". */
export function instant(ms: number, decimals = 3): string {
  if (Number.isNaN(ms)) return '–';
  const sign = ms < 0 ? '−' : '';
  const scale = 10 ** decimals;
  const seconds = Math.round((Math.abs(ms) / 1000) * scale) / scale;
  if (seconds < 60) return `${sign}${seconds.toFixed(decimals)} s`;
  const rest = (seconds % 60).toFixed(decimals).padStart(decimals > 0 ? decimals + 3 : 2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${sign}${minutes}:${rest}`;
  return `${sign}${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`;
}

/** "14:03:12.345", the time of day here. */
export function wallClock(unixMs: number): string {
  const date = new Date(unixMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const seconds = `${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
  return `${two(date.getHours())}:${two(date.getMinutes())}:${seconds}`;
}

/** "1st", "2nd", "13th" */
export function ordinal(count: number): string {
  const teen = count % 100 > 10 && count % 100 < 14;
  return `${count}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th')}`;
}

/** "127.0.0.1:54310 ⇄ :8888": the far end whole, of ours the port. */
export function socketPair(local: string, remote: string): string {
  if (!remote) return 'unknown peer';
  return `${remote} ⇄ ${portOf(local)}`;
}

/** ":8888" of "127.0.0.1:8888" or "[::1]:8888" */
export function portOf(address: string): string {
  const colon = address.lastIndexOf(':');
  return colon < 0 ? address : address.slice(colon);
}

/** An error that crossed from the host is an object with a message, no longer an Error. */
export function messageOf(error: unknown): string {
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return String(message);
}
