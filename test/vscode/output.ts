/** Stands before each line that the suites print, so that the run finds them among the editor's own. */
export const outputMark = '│ ';

/** A measured value that a reader of the run should see. */
export function report(text: string): void {
  console.log(`${outputMark}      ${text}`);
}
