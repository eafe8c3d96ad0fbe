// Bundles each room for the place where it runs. `--production` minifies; `--watch` rebuilds on change.
import { context } from 'esbuild';
import { cp, mkdir, rm } from 'node:fs/promises';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
  legalComments: 'none',
};

/** @type {import('esbuild').BuildOptions} */
const node = { ...shared, platform: 'node', target: 'node20', format: 'cjs', outdir: 'dist' };

/** @type {import('esbuild').BuildOptions[]} */
const rooms = [
  { ...node, entryPoints: { extension: 'src/extension.ts' }, external: ['vscode'] },
  {
    ...node,
    entryPoints: {
      serverThread: 'src/server/serverThread.ts',
      replayThread: 'src/replay/replayThread.ts',
      cli: 'src/cli.ts',
    },
  },
  {
    ...shared,
    platform: 'browser',
    target: 'chrome128',
    format: 'iife',
    outdir: 'dist/timeline',
    entryPoints: { timeline: 'media/timeline/main.ts', styles: 'media/timeline/styles.css' },
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    tsconfig: 'media/tsconfig.json',
  },
];

await rm('dist', { recursive: true, force: true });
await mkdir('dist', { recursive: true });
// The bridge is run by Python as it is, so it is copied, not bundled.
await cp('src/workers/python', 'dist/python', { recursive: true, filter: (path) => !path.includes('__pycache__') });

const contexts = await Promise.all(rooms.map((room) => context(room)));
if (watch) {
  await Promise.all(contexts.map((each) => each.watch()));
} else {
  await Promise.all(contexts.map((each) => each.rebuild()));
  await Promise.all(contexts.map((each) => each.dispose()));
}
