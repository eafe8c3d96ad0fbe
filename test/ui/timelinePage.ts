import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { themes } from './themes';

/** What stands in for VS Code: beside the timeline on its page, and where there is one, a worker `/host.js` of that page. */
export interface PageScripts {
  readonly page: string;
  readonly host?: string;
}

const standIn: PageScripts = { page: join(import.meta.dirname, 'standInHost.ts') };

/**
 * Serves the timeline as a page of its own, under the policy that the webview has, with a written trace instead of a
 * server: to look at it in any theme, and to test what needs a browser but no editor.
 *
 * By hand: `npx tsx test/ui/timelinePage.ts`, then open the address with `?scenario=busy&theme=light`, or with
 * `?comparison` for the page of a comparison.
 */
export async function serveTimelinePage(
  scripts: PageScripts = standIn,
): Promise<{ readonly url: string; close(): void }> {
  const root = join(import.meta.dirname, '../..');
  const [timeline, host] = await Promise.all([
    build({
      entryPoints: { timeline: join(root, 'media/timeline/main.ts'), styles: join(root, 'media/timeline/styles.css') },
      bundle: true,
      format: 'iife',
      target: 'chrome128',
      write: false,
      outdir: '/',
      loader: { '.ttf': 'file' },
      assetNames: '[name]',
      tsconfig: join(root, 'media/tsconfig.json'),
    }),
    build({
      entryPoints: { ...scripts },
      bundle: true,
      format: 'iife',
      target: 'chrome128',
      write: false,
      outdir: '/',
      tsconfig: join(root, 'test/tsconfig.json'),
    }),
  ]);
  const files = new Map([...timeline.outputFiles, ...host.outputFiles].map((file) => [file.path, file.contents]));
  const colours = contributedColours(join(root, 'package.json'));

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://page');
    const file = files.get(url.pathname);
    if (file) {
      response.setHeader('Content-Type', typeOf(url.pathname));
      response.end(file);
      return;
    }
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader(
      'Content-Security-Policy',
      `default-src 'none'; script-src 'nonce-n0'; style-src 'self' 'nonce-n0'; font-src 'self'; img-src blob:${scripts.host === undefined ? '' : "; worker-src 'self'"}`,
    );
    const element = url.searchParams.has('comparison') ? 'lifeline-comparison' : 'lifeline-timeline';
    response.end(html(url.searchParams.get('theme') ?? 'dark', colours, element));
  });
  await listening(server);
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

type ColourDefaults = Readonly<Record<'dark' | 'light' | 'highContrast' | 'highContrastLight', string>>;

/** The colours that the extension contributes, by id. */
function contributedColours(file: string): ReadonlyMap<string, ColourDefaults> {
  const { contributes } = JSON.parse(readFileSync(file, 'utf8')) as {
    contributes?: { colors?: { id: string; defaults: ColourDefaults }[] };
  };
  return new Map((contributes?.colors ?? []).map(({ id, defaults }) => [id, defaults]));
}

function html(name: string, colours: ReadonlyMap<string, ColourDefaults>, element: string): string {
  const theme = themes[name] ?? themes['dark'];
  if (!theme) throw new Error('there is no dark theme');
  const variables = new Map(Object.entries(theme.variables));
  const kind =
    ({ light: 'light', 'hc-dark': 'highContrast', 'hc-light': 'highContrastLight' } as const)[name] ?? 'dark';
  for (const [id, defaults] of colours) {
    const value = defaults[kind];
    variables.set(
      id.replace('.', '-'),
      value.startsWith('#') ? value : (variables.get(value.replace('.', '-')) ?? value),
    );
  }
  const lines = [...variables].map(([variable, value]) => `--vscode-${variable}: ${value};`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Timeline</title>
<link rel="stylesheet" href="/styles.css" id="vscode-codicon-stylesheet">
<style nonce="n0">
:root {
  --vscode-font-family: system-ui, "Segoe UI", Ubuntu, sans-serif;
  --vscode-font-size: 13px;
  --vscode-editor-font-family: "DejaVu Sans Mono", monospace;
  ${lines.join('\n  ')}
}
</style>
</head>
<body class="${theme.kind}">
<${element}></${element}>
<script nonce="n0" src="/page.js"></script>
<script nonce="n0" src="/timeline.js"></script>
</body>
</html>`;
}

function typeOf(path: string): string {
  if (path.endsWith('.js')) return 'text/javascript; charset=utf-8';
  return path.endsWith('.css') ? 'text/css; charset=utf-8' : 'font/ttf';
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
}

if (process.argv[1] === import.meta.filename) {
  void serveTimelinePage().then(({ url }) => process.stdout.write(`${url}?scenario=mixed&theme=dark\n`));
}
