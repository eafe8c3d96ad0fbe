import { meaningOf } from './meanings';
import type { Reading } from './reading';
import type { Verdict, VerdictKind } from './verdict';

/** A case with what each server made of it. */
export interface Row {
  /** "framing.md: Two lengths, even equal ones" */
  readonly title: string;
  readonly reading: Reading;
  /** Why our core refuses it; undefined where it does not. */
  readonly code: string | undefined;
  /** In the order of the servers; ours first. */
  readonly verdicts: readonly Verdict[];
}

/** The page: counts, what the disagreements mean, and the table of each file of cases. */
export function report(servers: readonly string[], rows: readonly Row[]): string {
  return `${introduction}
${counts(servers, rows)}
## What the disagreements mean

${meanings(servers, rows)}
## Case by case

${tables(servers, rows)}`;
}

const introduction = `# Conformance

The cases of [test/wire](../test/wire/README.md), each sent over a TCP connection of its own on loopback to a server that
runs the same small application, which answers with the method, the path and the body that it was told. Made by
\`npm run conformance\`; the servers run with their defaults.

| word      | means                                                                                     |
| --------- | ----------------------------------------------------------------------------------------- |
| accepted  | the requests were served as they were sent; or a malformed one was served nevertheless    |
| refused   | answered with an error (“no head”: an error page without a status line, as HTTP/0.9 has it) |
| closed    | closed without an answer                                                                  |
| hung      | no (or not every) answer and no close while we watched (1.5 s): often a server that waits for the rest of what we refuse at once |
| **WRONG** | the application saw what the client did not send: a lost body, another request            |

\`/smuggled\` is the path of a request that is served only where a MUST of RFC 9112 is broken.
`;

function counts(servers: readonly string[], rows: readonly Row[]): string {
  const valid = rows.filter(({ code }) => code === undefined);
  const malformed = rows.filter(({ code }) => code !== undefined);
  const count = (of: readonly Row[], server: number, ...kinds: VerdictKind[]): string =>
    String(of.filter(({ verdicts }) => kinds.includes(verdicts[server]?.kind ?? 'hung')).length);
  const lines = servers.map((name, server) => [
    name,
    count(valid, server, 'accepted'),
    count(valid, server, 'refused', 'closed'),
    count(malformed, server, 'refused', 'closed'),
    count(malformed, server, 'accepted'),
    count(rows, server, 'hung'),
    count(rows, server, 'wrong'),
  ]);
  const heads = [
    'server',
    'sound: accepted',
    'sound: refused or closed',
    'malformed: refused or closed',
    'malformed: accepted',
    'hung',
    'WRONG',
  ];
  return `## Counts

Of ${rows.length} cases ${valid.length} are sound, and ${malformed.length} are malformed. Where RFC 9110 and 9112 leave the choice to the server, a case is on the
side that ours chose.

${markdown(heads, lines)}`;
}

/** Grouped by why ours refuses the case; the sound cases by what the disagreement means. */
function meanings(servers: readonly string[], rows: readonly Row[]): string {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const [own, ...others] = row.verdicts;
    const differs = others.some(({ kind }) => (own?.kind === 'accepted' ? kind !== 'accepted' : !isRefusal(kind)));
    if (!differs) continue;
    const group = row.code ?? meaningOf(row.title);
    groups.set(group, [...(groups.get(group) ?? []), row]);
  }
  return [...groups]
    .map(([group, members]) => {
      const others = servers.flatMap((name, server) => {
        const found = members.flatMap(({ code, verdicts }) => {
          const kind = verdicts[server]?.kind ?? 'hung';
          const agrees = code === undefined ? kind === 'accepted' : isRefusal(kind);
          return agrees ? [] : [kind === 'wrong' ? 'WRONG' : kind];
        });
        const words = [...new Set(found)].map((word) => `${found.filter((each) => each === word).length} ${word}`);
        return found.length === 0 ? [] : [`${name.split(' ')[0] ?? name}: ${words.join(', ')}`];
      });
      const [first] = members;
      const headings = members.map(({ title }) => title.slice(fileOf(title).length + 2)).join(' · ');
      const [what, why] = first?.code === undefined ? [headings, group] : [`\`${group}\``, meaningOf(group)];
      return `- **${what}** (${members.length}). ${why} _${others.join('; ')}._\n`;
    })
    .join('');
}

function isRefusal(kind: VerdictKind): boolean {
  return kind === 'refused' || kind === 'closed';
}

function tables(servers: readonly string[], rows: readonly Row[]): string {
  const files = [...new Set(rows.map(({ title }) => fileOf(title)))];
  const heads = ['case', ...servers.map((name) => name.replace(/ (?:of Python )?[\d.]+$/, ''))];
  return files
    .map((file) => {
      const lines = rows
        .filter(({ title }) => fileOf(title) === file)
        .map(({ title, verdicts }) => [title.slice(file.length + 2), ...verdicts.map(cell)]);
      return `### [${file}](../test/wire/${file})\n\n${markdown(heads, lines)}`;
    })
    .join('\n');
}

function fileOf(title: string): string {
  return title.slice(0, title.indexOf(':'));
}

function cell({ kind, text }: Verdict): string {
  if (kind === 'wrong') return `**WRONG**: ${text}`;
  if (kind === 'closed') return text;
  return text === '' ? 'closed' : `${kind} ${text}`;
}

function markdown(heads: readonly string[], lines: readonly (readonly string[])[]): string {
  const escape = (text: string): string =>
    text.replace(/[|\\<>*_`]/g, '\\$&').replaceAll('\\*\\*WRONG\\*\\*', '**WRONG**');
  const row = (cells: readonly string[]): string => `| ${cells.map(escape).join(' | ')} |\n`;
  return row(heads) + row(heads.map(() => '---')) + lines.map(row).join('');
}
