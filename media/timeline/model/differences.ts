import { bytes, duration } from '../format';

/** How much longer the second took, in words: "+12 ms, ×2.1", "−80 µs", "same"; "only in A" where one never began. */
export function timeDifference(was: number | undefined, is: number | undefined): string {
  if (was === undefined) return is === undefined ? '' : 'only in B';
  if (is === undefined) return 'only in A';
  const by = is - was;
  // A clock tells no less, and a hundredth is nobody's doing.
  if (Math.abs(by) < Math.max(0.01, Math.abs(was) / 100)) return 'same';
  return `${signed(by, duration)}${factor(was, is)}`;
}

export function byteDifference(was: number, is: number): string {
  return was === is ? 'same' : `${signed(is - was, bytes)}${factor(was, is)}`;
}

function signed(by: number, format: (value: number) => string): string {
  return `${by < 0 ? '−' : '+'}${format(Math.abs(by))}`;
}

/** Where it is worth saying. */
function factor(was: number, is: number): string {
  if (was <= 0 || is <= 0) return '';
  const ratio = is / was;
  if (ratio > 0.9 && ratio < 1.1) return '';
  return ratio >= 1 ? `, ×${digits(ratio)}` : `, ÷${digits(1 / ratio)}`;
}

function digits(ratio: number): string {
  return ratio >= 9.95 ? Math.round(ratio).toLocaleString('en') : ratio.toFixed(1);
}
