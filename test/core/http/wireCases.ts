import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One case of `test/wire`: see its README for the notation. */
export interface WireCase {
  /** "framing.md: Two lengths, even equal ones" */
  readonly title: string;
  readonly bytes: Uint8Array;
  /** The client closes after the bytes. */
  readonly fin: boolean;
  readonly events: readonly string[];
}

const folder = join(import.meta.dirname, '..', '..', 'wire');
const notCases = ['README.md', 'llhttp.md'];
const pattern = /^## (.+)\n\n```wire\n([\s\S]*?)```\n\n```events\n([\s\S]*?)\n```$/gm;

/** @throws {Error} where a heading is not followed by its two blocks */
export function wireCases(): WireCase[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md') && !notCases.includes(name))
    .flatMap((name) => casesOf(name, readFileSync(join(folder, name), 'utf8')));
}

function casesOf(file: string, text: string): WireCase[] {
  const cases = [...text.matchAll(pattern)].map(([, title = '', wire = '', events = '']) => ({
    title: `${file}: ${title}`,
    ...wireOf(wire),
    events: events.split('\n'),
  }));
  const headings = text.match(/^## /gm)?.length ?? 0;
  if (cases.length !== headings) throw new Error(`${file} has ${headings} headings and ${cases.length} whole cases`);
  return cases;
}

function wireOf(block: string): { bytes: Uint8Array; fin: boolean } {
  const lines = block.split('\n').slice(0, -1);
  const fin = lines.at(-1) === '<FIN>';
  if (fin) lines.pop();
  const text = lines.map((line) => {
    const [, count, repeated] = /^\\\*(\d+) (.*)$/.exec(line) ?? [];
    return count === undefined ? ended(line) : ended(repeated ?? '').repeat(Number(count));
  });
  return { bytes: Buffer.from(unescaped(text.join('')), 'latin1'), fin };
}

function ended(line: string): string {
  return line.endsWith('\\') ? line.slice(0, -1) : line.endsWith('\\n') ? line : `${line}\r\n`;
}

function unescaped(text: string): string {
  return text
    .replace(/(.)\\\*(\d+)/g, (_, character: string, count: string) => character.repeat(Number(count)))
    .replace(/\\x([0-9a-f]{2})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)))
    .replaceAll('\\r', '\r')
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t')
    .replaceAll('\\0', '\0');
}
