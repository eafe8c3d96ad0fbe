import { stream, which } from './processRun';

/** Programs that some tests drive, with the Debian package that brings each. */
const packages = {
  curl: 'curl',
  ss: 'iproute2',
  strace: 'strace',
  wrk: 'wrk',
} as const;

export type Program = keyof typeof packages;

/**
 * Finds a program, installing it first where that is possible without asking: on Debian and its kin, as root.
 *
 * @returns its path
 * @throws {Error} where it is missing and cannot be installed; the message says what to do
 */
export async function program(name: Program): Promise<string> {
  const found = await which(name);
  if (found !== undefined) return found;
  await installPackage(packages[name]);
  const installed = await which(name);
  if (installed !== undefined) return installed;
  throw new Error(`"${name}" is missing. Install it (Debian: apt-get install ${packages[name]}) and run this again.`);
}

/** @returns whether the package manager could be used and ended well */
export async function installPackage(name: string): Promise<boolean> {
  const apt = process.platform === 'linux' && process.getuid?.() === 0 ? await which('apt-get') : undefined;
  if (apt === undefined) return false;
  process.stdout.write(`Installing the package ${name}\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '--yes', '--no-install-recommends', name];
  if ((await stream(apt, ['-q', ...install], { env })) === 0) return true;
  // A fresh machine knows no package before the lists are there.
  await stream(apt, ['-q', 'update'], { env });
  return (await stream(apt, ['-q', ...install], { env })) === 0;
}
