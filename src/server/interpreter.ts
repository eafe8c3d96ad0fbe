import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { promisify } from 'node:util';

/**
 * Which Python runs the app. The order: what the user set for this product, what the user chose in the editor, a
 * virtual environment of the project, the system's own. The first that works wins, and the reason is kept in words,
 * because "the wrong interpreter" is the commonest trouble with a first start. A setting that does not work is an
 * error: silently taking another interpreter would hide it.
 */
export interface Interpreter {
  /** The executable, as `sys.executable` tells it: behind a version manager's shim stands the real one. */
  readonly path: string;
  /** "3.11.7" */
  readonly version: string;
  /** Why this one, as the rest of a sentence: "from .venv in the project". */
  readonly reason: string;
}

export interface InterpreterSearch {
  /** The project folder, absolute. */
  readonly folder: string;
  /** As the user wrote it: a path, a virtual environment's folder, or a name on PATH. Empty: not set. */
  readonly setting?: string | undefined;
  /** The executable that the editor's Python extension has chosen. */
  readonly editorChoice?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** No interpreter can run the app. The message says what was looked at and what to do. */
export class InterpreterError extends Error {
  override readonly name = 'InterpreterError';
}

interface Candidate {
  readonly path: string;
  readonly reason: string;
  /** Arguments that come before Python's own, as the Windows launcher needs them. */
  readonly args?: readonly string[];
}

const oldest: readonly [major: number, minor: number] = [3, 9];
const probeTimeoutMs = 10_000;
const windows = process.platform === 'win32';
const run = promisify(execFile);

/** @throws {InterpreterError} */
export async function findInterpreter(search: InterpreterSearch): Promise<Interpreter> {
  const setting = search.setting?.trim() ?? '';
  if (setting !== '') return fromSetting(setting, search);
  const tried: string[] = [];
  for await (const candidate of candidates(search)) {
    const probed = await probe(candidate);
    if (typeof probed !== 'string') return probed;
    tried.push(probed);
  }
  throw new InterpreterError(nothingFound(tried));
}

/** Every other interpreter that works, for the question "does one of them have the module?". */
export async function listInterpreters(search: InterpreterSearch): Promise<Interpreter[]> {
  const found = new Map<string, Interpreter>();
  for await (const candidate of candidates(search)) {
    const probed = await probe(candidate);
    if (typeof probed !== 'string' && !found.has(probed.path)) found.set(probed.path, probed);
  }
  return [...found.values()];
}

/** Whether an interpreter could import a module, found out without importing it. */
export async function hasModule(python: string, module: string): Promise<boolean> {
  const top = module.split('.')[0] ?? module;
  const code = 'import importlib.util, sys; sys.exit(0 if importlib.util.find_spec(sys.argv[1]) else 1)';
  try {
    await run(python, ['-c', code, top], { timeout: probeTimeoutMs, windowsHide: true });
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}

async function fromSetting(setting: string, search: InterpreterSearch): Promise<Interpreter> {
  const path = await resolveSetting(setting, search);
  const toDo = 'Correct the setting lifeline.pythonPath, or empty it to let an interpreter be found.';
  if (path === undefined) throw new InterpreterError(`There is no interpreter at “${setting}”. ${toDo}`);
  const probed = await probe({ path, reason: 'from the setting lifeline.pythonPath' });
  if (typeof probed === 'string') throw new InterpreterError(`${probed} ${toDo}`);
  return probed;
}

async function resolveSetting(setting: string, { folder, env }: InterpreterSearch): Promise<string | undefined> {
  const written = setting.replaceAll('${workspaceFolder}', folder).replace(/^~(?=$|[\\/])/, homedir());
  if (!/[\\/]/.test(written)) {
    const [onPath] = await lookUp(written, env);
    if (onPath !== undefined) return onPath;
  }
  const path = isAbsolute(written) ? written : resolve(folder, written);
  if (await isExecutable(path)) return path;
  return pythonOfEnvironment(path);
}

async function* candidates({ folder, editorChoice, env }: InterpreterSearch): AsyncGenerator<Candidate> {
  if (editorChoice !== undefined && editorChoice !== '') {
    yield { path: editorChoice, reason: 'chosen in the Python extension' };
  }
  for (const name of await environmentFolders(folder)) {
    const path = await pythonOfEnvironment(join(folder, name));
    if (path !== undefined) yield { path, reason: `from ${name} in the project` };
  }
  for (const name of ['python3', 'python']) {
    for (const path of await lookUp(name, env)) yield { path, reason: `${name} on PATH` };
  }
  if (windows) {
    for (const path of await lookUp('py', env)) yield { path, args: ['-3'], reason: 'chosen by the launcher py' };
  }
}

/** Direct children that are virtual environments; the usual names first. */
async function environmentFolders(folder: string): Promise<string[]> {
  const usual = ['.venv', 'venv'];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink()).map((entry) => entry.name);
  const isEnvironment = await Promise.all(folders.map((name) => isFile(join(folder, name, 'pyvenv.cfg'))));
  const found = folders.filter((_, at) => isEnvironment[at]);
  return [...usual.filter((name) => found.includes(name)), ...found.filter((name) => !usual.includes(name)).sort()];
}

async function pythonOfEnvironment(folder: string): Promise<string | undefined> {
  const names = windows ? ['Scripts\\python.exe', 'python.exe'] : ['bin/python3', 'bin/python'];
  for (const name of names) if (await isExecutable(join(folder, name))) return join(folder, name);
  return undefined;
}

/** Every executable of a name on PATH, in its order. */
async function lookUp(name: string, env: InterpreterSearch['env']): Promise<string[]> {
  const pathName = windows ? (Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH') : 'PATH';
  const folders = (env[pathName] ?? '').split(delimiter).filter((folder) => folder !== '');
  const endings = windows && !/\.\w+$/.test(name) ? ['.exe', '.bat', '.cmd'] : [''];
  const paths = [...new Set(folders)].flatMap((folder) => endings.map((ending) => join(folder, name + ending)));
  const executable = await Promise.all(paths.map(isExecutable));
  return paths.filter((_, at) => executable[at]);
}

/** @returns the interpreter, or a sentence that says why it will not do */
async function probe({ path, reason, args = [] }: Candidate): Promise<Interpreter | string> {
  // Runs in every Python since 2.5, so that an old one can say how old it is. -E -S: nothing of the user's is loaded.
  const code = 'import sys; print("%d.%d.%d" % sys.version_info[:3]); print(sys.executable or "")';
  try {
    const { stdout } = await run(path, [...args, '-E', '-S', '-c', code], {
      timeout: probeTimeoutMs,
      windowsHide: true,
    });
    const [version = '', executable = ''] = stdout.split(/\r?\n/);
    const [major = 0, minor = 0] = version.split('.').map(Number);
    const newEnough = major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
    if (!newEnough) return `${path} (${reason}) is Python ${version}, and ${oldest.join('.')} or newer is needed.`;
    return { path: executable === '' ? path : executable, version, reason };
  } catch (error) {
    return `${path} (${reason}) does not run: ${explain(error)}.`;
  }
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('killed' in error && error.killed === true) return `no answer within ${probeTimeoutMs / 1000} s`;
  const said = 'stderr' in error && typeof error.stderr === 'string' ? error.stderr.trim() : '';
  return (said.split('\n').at(-1) || error.message).replace(/\.$/, '');
}

function nothingFound(tried: readonly string[]): string {
  const looked =
    tried.length > 0
      ? tried.join(' ')
      : 'The project has no virtual environment, and neither python3 nor python is on PATH.';
  const toDo = `Install Python ${oldest.join('.')} or newer, or set lifeline.pythonPath to one.`;
  return `No Python was found that can run the app. ${looked} ${toDo}`;
}

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ?? false;
}

async function isExecutable(path: string): Promise<boolean> {
  if (!(await isFile(path))) return false;
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
