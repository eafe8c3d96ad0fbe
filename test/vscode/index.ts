import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import { outputMark } from './output';

/**
 * The entry that VS Code calls in its extension host. It runs the suites of one kind: those of a trusted workspace, or
 * `restricted.test.ts` in an untrusted one. The tally goes to a file, since not every way of running passes it on.
 */
export async function run(): Promise<void> {
  const { LIFELINE_TEST_RESULT, LIFELINE_TEST_RESTRICTED } = process.env;
  const restricted = LIFELINE_TEST_RESTRICTED === '1';
  // The editor's own lines come by the same way: ours carry a mark.
  Mocha.reporters.Base.consoleLog = (...parts: unknown[]) => {
    for (const line of format(...parts).split('\n')) console.log(outputMark + line);
  };
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, color: false });
  const files = readdirSync(__dirname).filter((name) => name.endsWith('.test.js'));
  for (const file of files.filter((name) => name.startsWith('restricted.') === restricted)) {
    mocha.addFile(join(__dirname, file));
  }
  const { passed, failed } = await new Promise<{ passed: number; failed: number }>((resolve) => {
    const runner = mocha.run((failures) => resolve({ passed: runner.stats?.passes ?? 0, failed: failures }));
  });
  if (LIFELINE_TEST_RESULT !== undefined) writeFileSync(LIFELINE_TEST_RESULT, JSON.stringify({ passed, failed }));
  if (failed > 0 || passed === 0) throw new Error(`${failed} of ${passed + failed} tests failed`);
}
