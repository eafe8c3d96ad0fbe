import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import { outputMark } from './output';

/**
 * The entry that VS Code calls in its extension host. It runs the suites of one window, as `run.ts` names them. The tally
 * goes to a file, since not every way of running passes it on.
 */
export async function run(): Promise<void> {
  const { LIFELINE_TEST_RESULT, LIFELINE_TEST_SUITES = '' } = process.env;
  // The editor's own lines come by the same way: ours carry a mark.
  Mocha.reporters.Base.consoleLog = (...parts: unknown[]) => {
    for (const line of format(...parts).split('\n')) console.log(outputMark + line);
  };
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, color: false });
  for (const name of LIFELINE_TEST_SUITES.split(',')) mocha.addFile(join(__dirname, `${name}.test.js`));
  const { passed, failed } = await new Promise<{ passed: number; failed: number }>((resolve) => {
    const runner = mocha.run((failures) => resolve({ passed: runner.stats?.passes ?? 0, failed: failures }));
  });
  if (LIFELINE_TEST_RESULT !== undefined) writeFileSync(LIFELINE_TEST_RESULT, JSON.stringify({ passed, failed }));
  if (failed > 0 || passed === 0) throw new Error(`${failed} of ${passed + failed} tests failed`);
}
