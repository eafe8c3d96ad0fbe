import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder } from './cacheFolder';
import { collect, stream, which } from './processRun';
import { installPackage } from './programs';

/**
 * The interpreter that the tests run apps with: a virtual environment that has `test/requirements.txt`, made once for
 * each version of Python and of that file.
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

  const base = await findPython();
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

async function findPython(): Promise<{ file: string; version: string; prefix: string }> {
  const given = process.env['LIFELINE_TEST_BASE_PYTHON'];
  const seen: string[] = [];
  for (const name of given === undefined || given === '' ? ['python3', 'python'] : [given]) {
    const file = (await which(name)) ?? name;
    // -I: whatever this shell has set for Python must not matter here.
    const probe = await collect(file, [
      '-I',
      '-c',
      'import sys; print("%d.%d.%d" % sys.version_info[:3]); print(sys.prefix)',
    ]).catch((error: unknown) => ({ code: 1, output: String(error) }));
    const [version = '', prefix = ''] = probe.output.trim().split(/\r?\n/);
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (probe.code === 0 && major === 3 && minor >= 9) return { file, version, prefix };
    seen.push(`${file}: ${version || 'does not run'}`);
  }
  throw new Error(
    `The tests need Python 3.9 or later. Install it, or name it in LIFELINE_TEST_BASE_PYTHON. Found: ${seen.join('; ')}`,
  );
}

async function must(command: string, args: readonly string[]): Promise<void> {
  const code = await stream(command, args);
  if (code !== 0) throw new Error(`${[command, ...args].join(' ')} ended with exit code ${code}.`);
}
