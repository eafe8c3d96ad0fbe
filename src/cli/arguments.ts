import { parseArgs } from 'node:util';
import { concurrencyModels, type ConcurrencyModel } from '../core/trace/concurrency';
import { parseScriptName } from '../core/wsgi/scriptName';

/** What the command line asks for. */
export type Command = { readonly kind: 'help' } | { readonly kind: 'version' } | ({ readonly kind: 'serve' } & Serve);

export interface Serve {
  /** "hello.py", "hello.py:app", "package.module:callable" or "module:create_app()". */
  readonly app: string;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Where the app is mounted; empty: it has the whole server. */
  readonly scriptName: string;
  readonly concurrency: ConcurrencyModel;
  readonly slots: number;
  readonly backlog: number;
  /** Most seconds that an app call may run; 0: no limit. */
  readonly appTimeout: number;
  /** Empty: to be found. */
  readonly python: string;
  /** File name of the recording; undefined: none. */
  readonly record: string | undefined;
  readonly quiet: boolean;
}

/** The command line makes no sense. The message says what is wrong with it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `Serves a WSGI app and shows the life of every request.

Usage: lifeline serve APP [options]

  APP                hello.py, hello.py:app, package.module:callable or
                     module:create_app(), from the current folder

Options:
  --port N           port to listen on; 0 takes any free one (8888)
  --host H           address to bind (127.0.0.1)
  --script-name P    path below which the app is mounted, like /shop (none)
  --concurrency C    how more than one request is served (threads):
                     iterative  one connection at a time, others wait
                     threads    N calls at a time in one process
                     processes  N processes, one call at a time in each
  --slots N          that N: most app calls at a time (4)
  --backlog N        connections that may wait to be accepted (128)
  --app-timeout S    most seconds that one app call may run, its streaming
                     included; 0 means no limit (0)
  --python PATH      interpreter that runs the app (found in the folder or on PATH)
  --record FILE.har  write what happens to a HAR 1.2 file
  --quiet            no access log
  --help             print this
  --version          print the version

A line for every request goes to stderr, with its phases. Ctrl+C lets requests
in progress end and finishes the recording; a second one stops at once.
`;

/** @throws {UsageError} */
export function parseCommand(argv: readonly string[]): Command {
  const { values, positionals } = parse(argv);
  if (values.help) return { kind: 'help' };
  if (values.version) return { kind: 'version' };
  const [command, app, ...surplus] = positionals;
  if (command === undefined) throw new UsageError('Say what to do: serve APP.');
  if (command !== 'serve') throw new UsageError(`There is no command "${command}". Try: serve APP.`);
  if (app === undefined || app === '') throw new UsageError('Say which app to serve, for example: serve hello.py.');
  if (surplus.length > 0)
    throw new UsageError(`One app at a time: do not know what to do with "${surplus.join(' ')}".`);
  const scriptName = parseScriptName(values['script-name']);
  if (typeof scriptName === 'string') throw new UsageError(scriptName);
  if (values.host === '') throw new UsageError('--host needs an address, for example 127.0.0.1.');
  if (values.record === '') throw new UsageError('--record needs a file name, for example trace.har.');
  return {
    kind: 'serve',
    app,
    host: values.host,
    port: integer('port', values.port, 0, 65_535),
    scriptName: values['script-name'],
    concurrency: concurrencyModel(values.concurrency),
    slots: integer('slots', values.slots, 1, 255),
    backlog: integer('backlog', values.backlog, 1, 65_535),
    appTimeout: integer('app-timeout', values['app-timeout'], 0, 1_000_000),
    python: values.python,
    record: values.record,
    quiet: values.quiet,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        port: { type: 'string', default: '8888' },
        host: { type: 'string', default: '127.0.0.1' },
        'script-name': { type: 'string', default: '' },
        concurrency: { type: 'string', default: 'threads' },
        slots: { type: 'string', default: '4' },
        backlog: { type: 'string', default: '128' },
        'app-timeout': { type: 'string', default: '0' },
        python: { type: 'string', default: '' },
        record: { type: 'string' },
        quiet: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        version: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    // Node's own words name the option; they are TypeErrors with a code of their own.
    if (error instanceof TypeError) throw new UsageError(error.message);
    throw error;
  }
}

function concurrencyModel(text: string): ConcurrencyModel {
  const model = concurrencyModels.find((each) => each === text);
  if (model) return model;
  throw new UsageError(`--concurrency takes iterative, threads or processes, not "${text}".`);
}

function integer(option: string, text: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(`--${option} takes a whole number from ${least} to ${most}, not "${text}".`);
}
