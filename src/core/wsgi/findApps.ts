/**
 * Finds the WSGI apps of a Python file by its text alone: nothing is imported, nothing runs, so it may look at code
 * that is not trusted. It knows how the frameworks make an app (`Flask(...)`, `get_wsgi_application()`), what a plain
 * WSGI callable looks like (PEP 3333: two positional arguments, `environ` and `start_response`), and how a factory is
 * usually called. It offers candidates; the worker finds out what they are.
 */
export interface FoundApp {
  /** "app", or "create_app()" for a factory. */
  readonly callable: string;
  /** What was seen, in words: "Flask app", "WSGI function", "factory". */
  readonly what: string;
  /** Counted from 1. */
  readonly line: number;
}

/** Makers of apps: the last part of a dotted name, and the package it must come from where the name is a common one. */
const makers: readonly { readonly name: string; readonly what: string; readonly from?: string }[] = [
  { name: 'Flask', what: 'Flask app' },
  { name: 'APIFlask', what: 'APIFlask app' },
  { name: 'Bottle', what: 'Bottle app' },
  { name: 'default_app', what: 'Bottle’s default app' },
  { name: 'App', what: 'Falcon app', from: 'falcon' },
  { name: 'API', what: 'Falcon app', from: 'falcon' },
  { name: 'get_wsgi_application', what: 'Django app' },
  { name: 'make_wsgi_app', what: 'Pyramid app' },
  { name: 'WSGIApplication', what: 'WSGI application' },
  { name: 'wsgifunc', what: 'web.py app' },
  { name: 'DispatcherMiddleware', what: 'dispatcher of WSGI apps' },
  { name: 'Cascade', what: 'cascade of WSGI apps' },
  { name: 'Application', what: 'CherryPy app', from: 'cherrypy' },
];

const factoryName = /^(?:create|make|build|get)_(?:app|application|wsgi_app|wsgi_application)$/;
const likelyNames = ['application', 'app'];

/** @returns the apps of a file, the likeliest first; factories last */
export function findApps(text: string): FoundApp[] {
  const found = new Map<string, FoundApp>();
  const appClasses = new Set<string>();
  const add = (callable: string, what: string, line: number): void => {
    found.set(callable, { callable, what, line });
  };

  const statements = statementsOf(text);
  const imports = statements.filter((each) => /^(?:from|import)\s/.test(each.text)).map((each) => each.text);
  for (const [at, { text: code, line, depth, inFunction, inClass }] of statements.entries()) {
    if (inFunction || inClass) continue;
    const definition = /^def\s+([\p{L}_][\p{L}\p{N}_]*)\s*\((.*)\)\s*(?:->.*)?:/u.exec(code);
    if (definition) {
      const [, name = '', list = ''] = definition;
      const required = requiredParameters(list);
      if (required && takesWsgiArguments(required)) add(name, 'WSGI function', line);
      else if (required?.length === 0 && factoryName.test(name)) add(`${name}()`, 'factory', line);
      continue;
    }
    const klass = /^class\s+([\p{L}_][\p{L}\p{N}_]*)/u.exec(code);
    if (klass) {
      const [, name = ''] = klass;
      const methods = methodsOf(statements, at, depth);
      if (takesWsgiArguments(methods.get('__init__') ?? [])) add(name, 'WSGI class', line);
      if (takesWsgiArguments(methods.get('__call__') ?? [])) appClasses.add(name);
      continue;
    }
    for (const assignment of assignmentsOf(code)) {
      const what = whatIs(assignment.value, imports, appClasses, found);
      if (what !== undefined) add(assignment.name, what, line);
    }
  }
  // Beside an `application`, further functions of the kind are the pages that it calls.
  const named = likelyNames.some((name) => found.has(name));
  const apps = [...found.values()].filter(
    ({ callable, what }) => !named || what !== 'WSGI function' || likelyNames.includes(callable),
  );
  return apps.sort((a, b) => rank(a) - rank(b) || a.line - b.line);
}

function rank({ callable }: FoundApp): number {
  const at = likelyNames.indexOf(callable);
  if (at >= 0) return at;
  return callable.endsWith('()') ? 3 : 2;
}

/** What the right side of an assignment makes, where that is an app. */
function whatIs(
  value: string,
  imports: readonly string[],
  appClasses: ReadonlySet<string>,
  known: ReadonlyMap<string, FoundApp>,
): string | undefined {
  if (/^lambda\s+(.*?):/.test(value)) {
    const [, list = ''] = /^lambda\s+(.*?):/.exec(value) ?? [];
    return takesWsgiArguments(requiredParameters(list) ?? []) ? 'WSGI function' : undefined;
  }
  const alias = known.get(value);
  if (alias) return alias.what;
  // The outermost call decides: `config.make_wsgi_app()`, `web.application(urls, globals()).wsgifunc()`.
  const call = /^([\p{L}_][\p{L}\p{N}_.]*)\s*\(/u.exec(value)?.[1];
  if (call === undefined) return undefined;
  const names = [call.slice(call.lastIndexOf('.') + 1)];
  const chained = /\)\s*\.\s*([\p{L}_][\p{L}\p{N}_]*)\s*\([^()]*\)$/u.exec(value)?.[1];
  if (chained !== undefined) names.unshift(chained);
  for (const name of names) {
    if (appClasses.has(name)) return 'WSGI object';
    const maker = makers.find((each) => each.name === name && comesFrom(each.from, call, imports));
    if (maker) return maker.what;
    if (factoryName.test(name)) return 'made by a factory';
  }
  return undefined;
}

function comesFrom(origin: string | undefined, call: string, imports: readonly string[]): boolean {
  if (origin === undefined) return true;
  if (call.startsWith(`${origin}.`)) return !call.startsWith(`${origin}.asgi.`);
  return imports.some((each) => each.startsWith(`from ${origin} `));
}

/** `application = app = Flask(...)` assigns twice; an annotation may follow the name. */
function assignmentsOf(code: string): { readonly name: string; readonly value: string }[] {
  const names: string[] = [];
  const target = /^([\p{L}_][\p{L}\p{N}_]*)\s*(?::[^=]*)?=(?!=)\s*/u;
  let rest = code;
  for (let match = target.exec(rest); match; match = target.exec(rest)) {
    names.push(match[1] ?? '');
    rest = rest.slice(match[0].length);
  }
  return names.map((name) => ({ name, value: rest.trim() }));
}

/** PEP 3333 names no names, but everybody follows its examples: `environ` (or `env`) and `start_response`. */
function takesWsgiArguments(names: readonly string[]): boolean {
  const [first = '', second = ''] = names[0] === 'self' ? names.slice(1) : names;
  const count = names[0] === 'self' ? names.length - 1 : names.length;
  return count === 2 && /^_?env(?:iron(?:ment)?)?_?$/.test(first) && /^_?(?:start\w*|sr)$/.test(second);
}

/** Names of the positional parameters without a default; undefined where a keyword-only one is required. */
function requiredParameters(list: string): string[] | undefined {
  const names: string[] = [];
  let keywordOnly = false;
  for (const part of splitTop(list)) {
    const parameter = part.trim();
    if (parameter === '' || parameter === '/' || parameter.startsWith('**')) continue;
    if (parameter.startsWith('*')) keywordOnly = true;
    else if (!parameter.includes('=')) {
      if (keywordOnly) return undefined;
      names.push(parameter.split(':')[0]?.trim() ?? '');
    }
  }
  return names;
}

/** Splits at commas that stand in no bracket. */
function splitTop(list: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < list.length; at++) {
    const character = list.charAt(at);
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    else if (character === ',' && depth === 0) {
      parts.push(list.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(list.slice(from));
  return parts;
}

function methodsOf(statements: readonly Statement[], classAt: number, classDepth: number): Map<string, string[]> {
  const methods = new Map<string, string[]>();
  for (const { text, depth } of statements.slice(classAt + 1)) {
    if (depth <= classDepth) break;
    const method = /^def\s+(__init__|__call__)\s*\((.*)\)\s*(?:->.*)?:/.exec(text);
    if (method) methods.set(method[1] ?? '', requiredParameters(method[2] ?? '') ?? []);
  }
  return methods;
}

interface Statement {
  /** On one line, strings and comments blanked. */
  readonly text: string;
  readonly line: number;
  /** Columns of indentation. */
  readonly depth: number;
  readonly inFunction: boolean;
  readonly inClass: boolean;
}

/** The statements of a file, each on one line, with what encloses it. A block under `if` or `try` encloses nothing. */
function statementsOf(text: string): Statement[] {
  const statements: Statement[] = [];
  const blocks: { readonly depth: number; readonly kind: string }[] = [];
  for (const { text: code, line } of logicalLines(blankStrings(text))) {
    const depth = code.length - code.trimStart().length;
    while ((blocks.at(-1)?.depth ?? -1) >= depth) blocks.pop();
    const trimmed = code.trim().replace(/\s+/g, ' ');
    const inside = (kind: string): boolean => blocks.some((block) => block.kind === kind);
    statements.push({ text: trimmed, line, depth, inFunction: inside('def'), inClass: inside('class') });
    // What stands under `if __name__ == '__main__':` does not exist for whoever imports the file.
    const opener = trimmed.startsWith('if __name__ ==') ? 'def' : /^(?:async )?(def|class)\b/.exec(trimmed)?.[1];
    if (opener !== undefined) blocks.push({ depth, kind: opener });
  }
  return statements;
}

/** Joins what a bracket or a backslash continues; drops empty lines. */
function logicalLines(text: string): { readonly text: string; readonly line: number }[] {
  const lines: { text: string; line: number }[] = [];
  let open = 0;
  let continued = false;
  for (const [index, physical] of text.split(/\r?\n/).entries()) {
    const last = lines.at(-1);
    const joined = physical.replace(/\\$/, ' ');
    if (last && (open > 0 || continued)) last.text += ` ${joined.trim()}`;
    else if (physical.trim() !== '') lines.push({ text: joined.replaceAll('\t', '        '), line: index + 1 });
    open = Math.max(0, open + (physical.match(/[([{]/g)?.length ?? 0) - (physical.match(/[)\]}]/g)?.length ?? 0));
    continued = physical.endsWith('\\');
  }
  return lines;
}

/** Removes what strings and comments say, and keeps every line where it is. */
function blankStrings(text: string): string {
  const token =
    /#[^\n]*|('''|""")(?:\\[\s\S]|(?!\1)[\s\S])*(?:\1|$)|'(?:\\[\s\S]|[^'\\\n])*'?|"(?:\\[\s\S]|[^"\\\n])*"?/g;
  return text.replace(token, (match) => {
    if (match.startsWith('#')) return '';
    return `''${'\n'.repeat(match.split('\n').length - 1)}`;
  });
}
