import type { Stretch } from './labels';

/** What is left of a line when the bars and labels on it are cut out. */
export function gaps(line: Stretch, covered: readonly Stretch[]): Stretch[] {
  const stretches: Stretch[] = [];
  let from = line.from;
  for (const cover of [...covered].sort((a, b) => a.from - b.from)) {
    if (cover.to <= from) continue;
    if (cover.from >= line.to) break;
    if (cover.from > from) stretches.push({ from, to: cover.from });
    from = cover.to;
  }
  if (from < line.to) stretches.push({ from, to: line.to });
  return stretches;
}
