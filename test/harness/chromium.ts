import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { which } from './processRun';
import { installPackage } from './programs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];

/** Quiet and the same everywhere: no first-run pages, no traffic of the browser's own. */
const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function launchChromium(): Promise<Browser> {
  const root = process.getuid?.() === 0;
  return chromium.launch({ executablePath: await findChromium(), args: root ? ['--no-sandbox', ...flags] : flags });
}

/**
 * The browser that drives the tests: `CHROME_PATH`, one on PATH, one in its usual place, Playwright's own, or, on
 * Debian as root, a fresh install.
 *
 * @throws {Error} where there is none; the message says what to do
 */
async function findChromium(): Promise<string> {
  const { CHROME_PATH } = process.env;
  if (CHROME_PATH !== undefined && CHROME_PATH !== '') return CHROME_PATH;
  const found = (await onPath()) ?? (await firstExisting([...usualPlaces(), chromium.executablePath()]));
  if (found !== undefined) return found;
  await installPackage('chromium');
  const installed = await onPath();
  if (installed !== undefined) return installed;
  throw new Error('Chromium is missing. Install it, or set CHROME_PATH to a Chrome or Chromium, and run this again.');
}

async function onPath(): Promise<string | undefined> {
  for (const name of names) {
    const path = await which(name);
    if (path !== undefined) return path;
  }
  return undefined;
}

function usualPlaces(): string[] {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (process.platform !== 'win32') return [];
  const bases = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].map((name) => process.env[name] ?? '');
  const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
  return bases.flatMap((base) => (base === '' ? [] : programs.map((program) => join(base, program))));
}

async function firstExisting(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const exists = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (exists) return path;
  }
  return undefined;
}
