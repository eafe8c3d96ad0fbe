import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { format } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { launchChromium } from '../harness/chromium';
import { nothing, sum, type Tally } from '../harness/report';
import { testFiles } from '../harness/mochaRun';
import { VsCodeServer } from '../harness/vscodeServer';
import { outputMark } from './output';

const root = join(import.meta.dirname, '..', '..');
const suites = join(root, '.vscode-test', 'suites');

/**
 * Runs the suites of this folder inside the extension host of a real VS Code: the desktop one (`@vscode/test-electron`
 * downloads it) where `LIFELINE_TEST_ELECTRON` is 1, on GitHub's machines, on Windows and on macOS; VS Code's own
 * server, driven by Chromium, elsewhere and where that variable is 0.
 */
export async function runInVsCode(): Promise<Tally> {
  await buildSuites();
  let tally = nothing;
  for (const kind of [trusted, restricted]) {
    process.stdout.write(`\n  ${kind.title}\n`);
    tally = sum(tally, await runKind(kind));
  }
  return tally;
}

interface Kind {
  readonly title: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
  readonly electronArgs: readonly string[];
}

const settings = { 'lifeline.port': 0, 'lifeline.stopTimeoutSeconds': 1 };

const trusted: Kind = {
  title: 'In a trusted workspace',
  settings: { ...settings, 'security.workspace.trust.enabled': false },
  env: {},
  electronArgs: ['--disable-workspace-trust'],
};

const restricted: Kind = {
  title: 'In Restricted Mode',
  settings: {
    ...settings,
    'security.workspace.trust.enabled': true,
    'security.workspace.trust.startupPrompt': 'never',
  },
  env: { LIFELINE_TEST_RESTRICTED: '1' },
  electronArgs: [],
};

async function runKind(kind: Kind): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'lifeline-suite-'));
  // A copy: the tests change settings and save files.
  const workspace = join(folder, 'workspace');
  await cp(join(root, 'examples'), workspace, { recursive: true });
  const result = join(folder, 'result.json');
  const env = { ...kind.env, LIFELINE_TEST_RESULT: result, LIFELINE_TEST_WORKSPACE: workspace };
  try {
    const code = useElectron() ? await inElectron(kind, folder, workspace, env) : await inServer(kind, workspace, env);
    const text = await readFile(result, 'utf8').catch(() => undefined);
    const tally = text === undefined ? undefined : (JSON.parse(text) as Tally);
    if (tally && (tally.failed > 0 || (code === 0 && tally.passed > 0))) return tally;
    process.stdout.write(`  The extension host ended with code ${code} and ${text ?? 'no'} results.\n`);
    return sum(tally ?? nothing, { passed: 0, failed: 1 });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function useElectron(): boolean {
  const { LIFELINE_TEST_ELECTRON, GITHUB_ACTIONS } = process.env;
  if (LIFELINE_TEST_ELECTRON !== undefined) return LIFELINE_TEST_ELECTRON === '1';
  return GITHUB_ACTIONS === 'true' || process.platform !== 'linux';
}

async function inElectron(
  kind: Kind,
  folder: string,
  workspace: string,
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const data = join(folder, 'user');
  await mkdir(join(data, 'User'), { recursive: true });
  await writeFile(join(data, 'User', 'settings.json'), JSON.stringify(kind.settings));
  try {
    return await runTests({
      extensionDevelopmentPath: root,
      extensionTestsPath: join(suites, 'index.js'),
      extensionTestsEnv: env,
      launchArgs: [workspace, `--user-data-dir=${data}`, '--disable-extensions', ...kind.electronArgs],
    });
  } catch (error) {
    process.stdout.write(`  ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

async function inServer(kind: Kind, workspace: string, env: Readonly<Record<string, string>>): Promise<number> {
  const server = await VsCodeServer.start({ settings: kind.settings, env });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    // The workbench calls these two where it runs tests.
    let ended: (code: number) => void = () => undefined;
    const exit = new Promise<number>((resolve) => (ended = resolve));
    await page.exposeFunction('codeAutomationExit', (code: number) => ended(code));
    const everything: string[] = [];
    await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
      const text = format(...args);
      everything.push(text);
      if (text.startsWith(outputMark)) process.stdout.write(`  ${text.slice(outputMark.length)}\n`);
    });
    page.on('crash', () => ended(1));
    await page.goto(server.address({ folder: workspace, extension: root, tests: join(suites, 'index.js') }));
    let patience: NodeJS.Timeout | undefined;
    const late = new Promise<number>((resolve) => (patience = setTimeout(resolve, mostMinutes * 60_000, 1)));
    const code = await Promise.race([exit, late]);
    clearTimeout(patience);
    if (code !== 0) {
      const log = join(root, 'test-results', 'vscode.log');
      await mkdir(dirname(log), { recursive: true });
      await writeFile(log, [...everything, server.output()].join('\n'));
      process.stdout.write(`  Everything that VS Code said is in ${log}.\n`);
    }
    return code;
  } finally {
    await browser.close();
    await server.stop();
  }
}

const mostMinutes = 5;

/** The suites as VS Code takes them: CommonJS, each with what it imports, but with the editor's own `vscode`. */
async function buildSuites(): Promise<void> {
  const files = (await testFiles()).filter((file) => file.startsWith('test/vscode/'));
  await rm(suites, { recursive: true, force: true });
  await build({
    entryPoints: ['test/vscode/index.ts', ...files],
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    outdir: suites,
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}
