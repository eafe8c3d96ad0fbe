import { mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the tests install and keep between runs stands here: outside the checkout, per user. */
function cacheRoot(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (process.platform === 'win32')
    return join(LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'request-lifeline');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'request-lifeline');
  return join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'request-lifeline');
}

/**
 * A folder of the cache, made once: `make` fills it, and only when that ended well it counts as made. Two runs that
 * want it at the same time do not disturb each other: the second waits.
 *
 * @param key the folder's name; whatever its content depends on (versions, a hash) must be part of it
 */
export async function cachedFolder(key: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cacheRoot(), key);
  const complete = join(folder, '.complete');
  if (await exists(complete)) return folder;
  await mkdir(cacheRoot(), { recursive: true });
  const release = await lock(`${folder}.lock`);
  try {
    if (await exists(complete)) return folder;
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await make(folder);
    await writeFile(complete, '');
    return folder;
  } finally {
    await release();
  }
}

/** Held by a process id in a file; a lock whose process is gone is taken over. */
async function lock(file: string): Promise<() => Promise<void>> {
  for (;;) {
    try {
      const handle = await open(file, 'wx');
      await handle.writeFile(String(process.pid));
      await handle.close();
      return () => rm(file, { force: true });
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    }
    const holder = Number(await readFile(file, 'utf8').catch(() => ''));
    if (holder > 0 && !alive(holder)) await rm(file, { force: true });
    else await sleep(200);
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
