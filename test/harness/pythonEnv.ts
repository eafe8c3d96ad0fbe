import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { cachedFolder } from './cacheFolder';
import { collect, stream, which } from './processRun';
import { installPackage } from './programs';

/** A CPython of this machine. */
export interface InstalledPython {
  /** The executable. */
  readonly file: string;
  /** "3.11.7" */
  readonly version: string;
  /** Where it is installed: two names for one Python share it. */
  readonly prefix: string;
}

/**
 * The interpreter that the tests run apps with: an environment that has `test/requirements.txt`.
 *
 * `LIFELINE_TEST_PYTHON` names another interpreter, which is taken as it is. `LIFELINE_TEST_BASE_PYTHON` names the
 * one that the environment is made from; otherwise it is the first on PATH.
 *
 * @returns the executable's path
 * @throws {Error} where there is no Python 3.9 or later, or a package cannot be installed
 */
export async function pythonEnv(): Promise<string> {
  const given = process.env['LIFELINE_TEST_PYTHON'];
  if (given !== undefined && given !== '') return given;

  return pythonEnvFor(await findPython());
}

/**
 * A virtual environment of the given Python that has `test/requirements.txt`, made once for each version of Python and
 * of that file.
 *
 * @returns the executable's path
 * @throws {Error} where a package cannot be installed
 */
export async function pythonEnvFor(base: InstalledPython): Promise<string> {
  const requirements = join(import.meta.dirname, '..', 'requirements.txt');
  const hash = createHash('sha256')
    .update(base.prefix)
    .update(await readFile(requirements))
    .digest('hex');
  const folder = await cachedFolder(`python-${base.version}-${hash.slice(0, 12)}`, async (target) => {
    process.stdout.write(`Making a Python ${base.version} environment for the tests in ${target}\n`);
    // Debian leaves ensurepip out of its python3 package; the attempt is cheap, so it comes first.
    const make = ['-m', 'venv', '--clear', target];
    if ((await stream(base.file, make)) !== 0) {
      await installPackage('python3-venv');
      await must(base.file, make);
    }
    await must(executable(target), ['-m', 'pip', 'install', '--disable-pip-version-check', '-q', '-r', requirements]);
  });
  return executable(folder);
}

function executable(environment: string): string {
  return process.platform === 'win32' ? join(environment, 'Scripts', 'python.exe') : join(environment, 'bin', 'python');
}

/**
 * The CPythons of the given minor versions (9 is Python 3.9) that this machine has, one for each: the one that
 * `pythonEnv` takes, else the first on PATH, else one of pyenv's.
 */
export async function installedPythons(minors: readonly number[]): Promise<InstalledPython[]> {
  const first = await findPython();
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...(await pyenvFolders())];
  const found: InstalledPython[] = [];
  for (const minor of minors) {
    const wanted = (python: InstalledPython): boolean => python.version.startsWith(`3.${minor}.`);
    const name = process.platform === 'win32' ? 'python.exe' : `python3.${minor}`;
    const files = folders.map((folder) => join(folder, name));
    const python = wanted(first) ? first : await firstThat(files, wanted);
    if (python) found.push(python);
  }
  return found;
}

async function firstThat(
  files: readonly string[],
  wanted: (python: InstalledPython) => boolean,
): Promise<InstalledPython | undefined> {
  for (const file of files) {
    const python = await probe(file);
    if (typeof python !== 'string' && wanted(python)) return python;
  }
  return undefined;
}

/** Where pyenv keeps the executables of each version it has installed. */
async function pyenvFolders(): Promise<string[]> {
  const { PYENV_ROOT } = process.env;
  const windows = process.platform === 'win32';
  const versions = join(PYENV_ROOT ?? join(homedir(), '.pyenv', windows ? 'pyenv-win' : ''), 'versions');
  const names = await readdir(versions).catch((): string[] => []); // no pyenv here
  const newestFirst = names.sort((one, other) => other.localeCompare(one, 'en', { numeric: true }));
  return newestFirst.map((name) => join(versions, name, windows ? '' : 'bin'));
}

async function findPython(): Promise<InstalledPython> {
  const given = process.env['LIFELINE_TEST_BASE_PYTHON'];
  const seen: string[] = [];
  for (const name of given === undefined || given === '' ? ['python3', 'python'] : [given]) {
    const file = (await which(name)) ?? name;
    const python = await probe(file);
    if (typeof python !== 'string') return python;
    seen.push(`${file}: ${python}`);
  }
  throw new Error(
    `The tests need Python 3.9 or later. Install it, or name it in LIFELINE_TEST_BASE_PYTHON. Found: ${seen.join('; ')}`,
  );
}

/** @returns why it is of no use, where it is not a CPython 3.9 or later */
async function probe(file: string): Promise<InstalledPython | string> {
  const question =
    'import platform, sys; print(platform.python_implementation(), "%d.%d.%d" % sys.version_info[:3]); print(sys.prefix)';
  // -I: whatever this shell has set for Python must not matter here.
  const { code, output } = await collect(file, ['-I', '-c', question]).catch((error: unknown) => ({
    code: 1,
    output: String(error),
  }));
  const [said = '', prefix = ''] = output.trim().split(/\r?\n/);
  if (code !== 0) return 'does not run';
  const [implementation, version = ''] = said.split(' ');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isUsable = implementation === 'CPython' && major === 3 && minor >= 9;
  return isUsable ? { file, version, prefix } : said;
}

async function must(command: string, args: readonly string[]): Promise<void> {
  const code = await stream(command, args);
  if (code !== 0) throw new Error(`${[command, ...args].join(' ')} ended with exit code ${code}.`);
}
