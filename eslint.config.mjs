// Typed lint, with the strictest sets of typescript-eslint. A rule is tuned only where it fights the style of the code.
import { builtinModules } from 'node:module';
import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/** What no file may import; outside `src/vscode/` and its tests, `vscode` comes on top. */
const imports = (...more) => [
  'error',
  {
    paths: [
      ...builtinModules
        .filter((name) => !name.startsWith('node:'))
        .map((name) => ({ name, message: `Write "node:${name}".` })),
      ...more,
    ],
    patterns: [{ regex: '^\\.{1,2}/.*\\.[cm]?[jt]s$', message: 'Relative imports carry no extension.' }],
  },
];

const noVscode = { name: 'vscode', message: 'Only src/extension.ts and src/vscode/ know the editor.' };

const clocks = ['Date', 'performance', 'process', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'];
const platform = ['Buffer', 'window', 'document', 'globalThis', 'console', 'TextDecoder', 'TextEncoder'];

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'test-results/', '.vscode-test/', '**/*.cjs', '**/*.mjs'] },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { noInlineConfig: true },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Numbers in a text are what most texts here are about.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => this.#close()` reads better than a block around it.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // Where a text may be empty, `||` is what is meant.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      // It asks for `!`, which no-non-null-assertion forbids.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      eqeqeq: 'error',
      'no-restricted-imports': imports(noVscode),
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
        { selector: 'CatchClause > BlockStatement[body.length=0]', message: 'Say what becomes of the error.' },
      ],
    },
  },
  {
    files: ['src/core/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...clocks.map((name) => ({ name, message: 'The core has no clock: times are handed in.' })),
        ...platform.map((name) => ({ name, message: 'The core has no platform: hand in a function.' })),
      ],
    },
  },
  {
    files: ['src/extension.ts', 'src/vscode/**', 'test/vscode/**'],
    rules: { 'no-restricted-imports': imports() },
  },
);
