import Mocha from 'mocha';
import type { Tally } from './report';

/** Mocha's `spec` reporter, which also tells the parent process how many tests passed and failed. */
class TallyReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const tally: Tally = { passed: runner.stats?.passes ?? 0, failed: runner.stats?.failures ?? 0 };
      process.send?.(tally);
    });
  }
}

export = TallyReporter;
