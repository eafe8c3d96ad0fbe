import { parseArgs } from 'node:util';
import { wireCases } from '../core/http/wireCases';
import { Fuzzer, type Finding } from './fuzzer';

/**
 * `npm run fuzz`: mutations of the wire cases against the HTTP core. Prints every finding with the seed and the bytes
 * that show it again; ends with 1 where there is one.
 *
 *     npm run fuzz -- --seconds 60 --seed 7
 */
function main(): void {
  const { values } = parseArgs({
    options: { seconds: { type: 'string', default: '20' }, seed: { type: 'string' } },
  });
  const seconds = Number(values.seconds);
  if (!(seconds > 0)) throw new Error(`--seconds takes a number above 0, not “${values.seconds}”.`);
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 32));
  if (!Number.isSafeInteger(seed)) throw new Error(`--seed takes a whole number, not “${values.seed ?? ''}”.`);

  const fuzzer = new Fuzzer(
    wireCases().map(({ bytes }) => bytes),
    seed,
  );
  process.stdout.write(`Seed ${seed}, ${seconds} s.\n`);
  const began = performance.now();
  let told = 0;
  let reported = began;
  for (let now = began; now - began < seconds * 1000; now = performance.now()) {
    for (let count = 0; count < 50; count++) fuzzer.step();
    for (; told < fuzzer.findings.length; told++) print(fuzzer.findings[told]);
    if (now - reported > 60_000) {
      reported = now;
      progress(fuzzer, now - began);
    }
  }
  progress(fuzzer, performance.now() - began);
  process.exitCode = fuzzer.findings.length === 0 ? 0 : 1;
}

function progress({ inputs, executions, sequences, findings }: Fuzzer, ms: number): void {
  const rate = Math.round((executions / ms) * 1000);
  process.stdout.write(
    `${Math.round(ms / 1000)} s: ${inputs} inputs, ${executions} executions (${rate} a second), ` +
      `${sequences} sequences of events, findings: ${findings.length}.\n`,
  );
}

function print(finding: Finding | undefined): void {
  if (!finding) return;
  const { rule, message, seed, bytes } = finding;
  process.stdout.write(
    `\nBroken: ${rule}\n  ${message.slice(0, 2000)}\n  seed ${seed}, ${bytes.length} bytes: ` +
      `${JSON.stringify(bytes.toString('latin1')).slice(0, 2000)}\n\n`,
  );
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
