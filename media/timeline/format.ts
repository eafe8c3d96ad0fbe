/** Numbers as people read them. Times go in as ms. */

/** "4.2 µs", "82 µs", "4.12 ms", "212 ms", "1.04 s", "2 min 5 s": three significant digits from a ms to a minute. */
export function duration(ms: number): string {
  if (Number.isNaN(ms)) return '–';
  if (ms < 0) return `−${duration(-ms)}`;
  if (ms === 0) return '0';
  if (ms < 0.9995) return `${microseconds(ms * 1000)} µs`;
  if (ms < 999.5) return `${threeDigits(ms)} ms`;
  if (ms < 59_950) return `${threeDigits(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return withRest(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.round(seconds / 60);
  return withRest(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

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

/** "13 B", "1.1 KB", "84 KB", "2.4 MB"; a KB is 1024 bytes, as in VS Code. */
export function bytes(count: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let value = count;
  let unit = 0;
  while (value >= 1023.5 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit === 0 || value >= 9.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit] ?? ''}`;
}

/** "1 request", "3 requests" */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
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

/** One decimal below 10, where it says something: the clock does not resolve more. */
function microseconds(value: number): string {
  return value < 9.95 ? String(Number(value.toFixed(1))) : value.toFixed(0);
}

function threeDigits(value: number): string {
  if (value >= 99.95) return value.toFixed(0);
  if (value >= 9.995) return value.toFixed(1);
  return value.toFixed(2);
}

function withRest(whole: number, unit: string, rest: number, restUnit: string): string {
  return rest === 0 ? `${whole} ${unit}` : `${whole} ${unit} ${rest} ${restUnit}`;
}
