import { mostBytes } from './columns';

/** "13 B", "1.1 KB", "84 KB", "2.4 MB"; a KB is 1024 bytes, as in VS Code. */
export function bytes(count: number): string {
  if (count === mostBytes) return '4 GB or more'; // nobody has counted on
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

/** "1 request", "3 requests"; "2 batches" where more than an s makes the plural. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`;
}
