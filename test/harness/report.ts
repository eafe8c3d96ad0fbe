/** How many tests of a part passed and failed. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

export const nothing: Tally = { passed: 0, failed: 0 };

export function sum(...tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (total, each) => ({
      passed: total.passed + each.passed,
      failed: total.failed + each.failed,
    }),
    nothing,
  );
}

/** The line that ends a run; scripts read it. */
export function resultLine({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`;
}

export function heading(text: string): void {
  process.stdout.write(`\n── ${text} ${'─'.repeat(Math.max(2, 76 - text.length))}\n`);
}
