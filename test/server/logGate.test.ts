import assert from 'node:assert/strict';
import { LogGate } from '../../src/server/logGate';
import type { ServerLog } from '../../src/server/protocol';

const line = (text: string): ServerLog => ({ level: 'info', source: 'stdout', text });

describe('lines for the owner', () => {
  it('are no more than it has taken, are not lost as long as it takes them, and are counted where they are', async () => {
    const told: ServerLog[] = [];
    const answers: (() => void)[] = [];
    const gate = new LogGate(
      (each) => told.push(each),
      () => new Promise((resolve) => answers.push(resolve)),
    );
    const text = 'x'.repeat(900);
    for (let count = 0; count < 100_000; count++) gate.line(line(text));
    const held = told.length;
    assert.ok(held > 500 && held < 1200, `${held} lines of a kilobyte`);
    assert.equal(answers.length, 1, 'it is asked once');

    // It has seen those that were there when it was asked, about half of them.
    answers.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(
      told.at(-1)?.text,
      `${100_000 - held} lines are left out here: the app wrote faster than they can be shown.`,
    );
    assert.equal(told.at(-1)?.level, 'warning');

    const before = told.length;
    for (let count = 0; count < 10_000; count++) {
      gate.line(line(text));
      answers.shift()?.();
      await Promise.resolve();
      await Promise.resolve();
    }
    assert.equal(told.length - before, 10_000, 'an owner that keeps up misses nothing');
  });

  it('may come after the owner has gone', async () => {
    const gate = new LogGate(
      () => undefined,
      () => Promise.reject(new Error('closed')),
    );
    for (let count = 0; count < 5000; count++) gate.line(line('x'.repeat(900)));
    await new Promise((resolve) => setImmediate(resolve));
    gate.line(line('late'));
  });
});
