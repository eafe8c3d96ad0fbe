/**
 * How a user names the app: `hello.py`, `hello.py:app`, `package.module:callable`, or with `()` where the callable is a
 * factory that returns the app. Paths start at the project folder; `/` separates folders on every system.
 */
export interface AppSpec {
  /** "pages/hello.py" or "package.module" */
  readonly place: string;
  /** The place is a file, not a module's name. */
  readonly isFile: boolean;
  /** "app", "admin.app", "create_app()"; empty: the worker looks for the app in the file. */
  readonly callable: string;
}

const identifier = '[\\p{L}_][\\p{L}\\p{N}_]*';
const dotted = `${identifier}(?:\\.${identifier})*`;
const modulePattern = new RegExp(`^${dotted}$`, 'u');
const callablePattern = new RegExp(`^${dotted}(?:\\(\\))?$`, 'u');

/** @returns the parts, or a sentence that says what is wrong with the text */
export function parseAppSpec(text: string): AppSpec | string {
  const spec = text.trim();
  if (spec === '') return 'Write the app as module:callable or file.py:callable.';
  const { place, callable } = split(spec);
  if (callable !== undefined && !callablePattern.test(callable)) {
    return `“${callable}” is not a name. After the colon stands the app’s name, or a factory with (): create_app().`;
  }
  if (place.endsWith('.py')) return { place: place.replaceAll('\\', '/'), isFile: true, callable: callable ?? '' };
  if (/[/\\]/.test(place)) return 'A path ends in .py, and the name of the app follows a colon: site/hello.py:app.';
  if (!modulePattern.test(place)) return `“${place}” is neither a module’s name nor a .py file.`;
  return { place, isFile: false, callable: callable ?? '' };
}

/** The last colon ends the place, unless it belongs to a Windows drive (`C:\site\hello.py`). */
function split(spec: string): { readonly place: string; readonly callable?: string } {
  const colon = spec.lastIndexOf(':');
  if (colon < 0 || /^[A-Za-z]:[\\/]/.test(spec.slice(colon - 1))) return { place: spec };
  return { place: spec.slice(0, colon), callable: spec.slice(colon + 1) };
}
