import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { isAbsolute, parse, relative, resolve, sep } from 'node:path';
import { promisify } from 'node:util';

/**
 * Finds the file that a traceback names. What the app prints may come from its clients, so only a file in one of some folders
 * counts, and nothing is touched before that is known: on Windows the mere look at a path can ask another machine for it.
 */
export interface SourceSearch {
  /** Where the app runs, absolute: what a relative path is relative to. */
  readonly folder: string;
  /** Whose files may be opened, absolute. */
  readonly folders: readonly string[];
}

/** The message says why there is nothing to open. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
}

/** @throws {SourceError} */
export async function findSource(file: string, { folder, folders }: SourceSearch): Promise<string> {
  const path = resolve(folder, file);
  if (!folders.some((each) => isBelow(path, each))) {
    throw new SourceError(`Not opened: ${file} is neither in the workspace nor in a folder that the app imports from.`);
  }
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile())
    throw new SourceError(`There is no file ${path}. It may have been moved since, or never was one.`);
  return path;
}

const run = promisify(execFile);

/** The folders from which an interpreter imports, its own library among them. Nothing of the working folder is run. */
export async function importFolders(python: string, env: Readonly<Record<string, string>>): Promise<string[]> {
  const code = 'import sys; print("\\n".join(sys.path[1:]))';
  const { stdout } = await run(python, ['-X', 'utf8', '-c', code], {
    env: { ...process.env, ...env },
    timeout: 10_000,
    windowsHide: true,
  });
  return stdout.split(/\r?\n/).filter((folder) => isAbsolute(folder));
}

/** A folder that holds everything says nothing, so nothing is below it. */
function isBelow(path: string, folder: string): boolean {
  const whole = resolve(folder);
  if (whole === parse(whole).root) return false;
  const way = relative(whole, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
