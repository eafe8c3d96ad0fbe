import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { themeVariables } from './contributedColours';
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
    response.end(html(url.searchParams.get('theme') ?? 'dark', element));
  });
  await listening(server);
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

function html(name: string, element: string): string {
  const known = name in themes ? name : 'dark';
  const variables = themeVariables(known);
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
<body class="${themes[known]?.kind ?? ''}">
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
