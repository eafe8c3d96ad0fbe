/** "4.2 µs", "82 µs", "4.12 ms", "212 ms", "1.04 s", "2 min 5 s": three significant digits from a ms to a minute. */
export function duration(ms: number): string {
  if (Number.isNaN(ms)) return '–';
  if (Math.abs(ms) < 0.000_05) return '0';
  if (ms < 0) return `−${duration(-ms)}`;
  if (ms < 0.9995) return `${microseconds(ms * 1000)} µs`;
  if (ms < 999.5) return `${threeDigits(ms)} ms`;
  if (ms < 59_950) return `${threeDigits(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return withRest(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.round(seconds / 60);
  return withRest(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
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
