// The layers: folders say where code runs, and these rules say who may know whom.

/** @type {(name: string, comment: string, from: object, to: object) => object} */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    forbid(
      'no-circular',
      'Two files that need each other are one file; knowing each other’s types alone is harmless.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    forbid(
      'editor-only-in-its-room',
      'Only src/extension.ts and src/vscode/ (and the tests inside the editor) import vscode.',
      { pathNot: '^(src/extension\\.ts|src/vscode/|test/vscode/)' },
      { path: '^vscode$' },
    ),
    forbid(
      'core-knows-nobody',
      'The core runs anywhere: no platform, no other room. Reading cookies is the one thing it leaves to libraries.',
      { path: '^src/core/' },
      { pathNot: '^(src/core/|node_modules/(cookie|@types/har-format)/)' },
    ),
    forbid(
      'http-without-trace',
      'The protocol does not know that it is observed.',
      { path: '^src/core/http/' },
      { path: '^src/core/(trace|wsgi)/' },
    ),
    forbid(
      'trace-without-http',
      'The trace does not know the protocol: the webview has it without a parser.',
      { path: '^src/core/trace/' },
      { path: '^src/core/(http|wsgi)/' },
    ),
    forbid('wsgi-on-http', 'WSGI builds on HTTP alone.', { path: '^src/core/wsgi/' }, { path: '^src/core/trace/' }),
    forbid(
      'server-thread',
      'The server runs in the editor and in a terminal alike.',
      { path: '^src/server/' },
      { path: '^(src/(vscode/|extension\\.ts|cli\\.ts)|media/)' },
    ),
    forbid(
      'through-the-handle',
      'The main thread starts and stops the server through its handle and never sees a socket.',
      { path: '^src/(vscode/|extension\\.ts|cli\\.ts|cli/)' },
      {
        path: '^src/(server|replay)/',
        pathNot:
          '^src/(server/(serverHandle|protocol|interpreter|sourceFile|kernelWatch)|replay/(runAgain|plan|replaySender|arrival))\\.ts$',
      },
    ),
    forbid(
      'replay-is-a-client',
      'What is sent again is sent by clients: they know the server by its handle and its address.',
      { path: '^src/replay/' },
      { path: '^(src/(vscode/|extension\\.ts|cli)|media/|src/server/(?!(serverHandle|protocol|latin1)\\.ts))' },
    ),
    forbid(
      'terminal-without-editor',
      'The command line runs where no editor is.',
      { path: '^src/cli' },
      { path: '^(src/(vscode/|extension\\.ts)|media/)' },
    ),
    forbid(
      'webview-alone',
      'The webview has the trace and web libraries, nothing of Node and nothing of the other rooms.',
      { path: '^media/' },
      {
        pathNot:
          '^(media/|src/core/(trace/|assertNever\\.ts)|node_modules/(lit|@lit|@vscode-elements|@vscode/codicons|birpc)(/|$))',
      },
    ),
    forbid(
      'product-without-tests',
      'The product does not know its tests.',
      { path: '^(src|media)/' },
      { path: '^test/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
