import { version } from '../package.json';
import { parseCommand, usage, UsageError } from './cli/arguments';
import { inTerminalWords, serve } from './cli/serve';
import { assertNever } from './core/assertNever';

/** The command line: serves and records without an editor. Exit codes: 0 stopped, 1 failed, 2 used wrongly. */
async function main(): Promise<void> {
  const command = parseCommand(process.argv.slice(2));
  switch (command.kind) {
    case 'help':
      process.stdout.write(usage);
      return;
    case 'version':
      process.stdout.write(`${version}\n`);
      return;
    case 'serve':
      return serve(command);
    default:
      assertNever(command);
  }
}

// Whoever reads the output may leave early, as `head` does; that must not end the server.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  const hint = error instanceof UsageError ? ' See --help.' : '';
  process.stderr.write(`lifeline: ${inTerminalWords(message)}${hint}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
