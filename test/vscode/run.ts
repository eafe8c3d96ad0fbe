import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { format } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { launchChromium } from '../harness/chromium';
import { nothing, sum, type Tally } from '../harness/report';
import { testFiles } from '../harness/mochaRun';
import { VsCodeServer } from '../harness/vscodeServer';
import { outputMark } from './output';

const root = join(import.meta.dirname, '..', '..');
const suitesFolder = join(root, '.vscode-test', 'suites');

/**
 * Runs the suites of this folder inside the extension host of a real VS Code: the desktop one (`@vscode/test-electron`
 * downloads it) where `LIFELINE_TEST_ELECTRON` is 1, on GitHub's machines, on Windows and on macOS; VS Code's own
 * server, driven by Chromium, elsewhere and where that variable is 0.
 */
export async function runInVsCode(): Promise<Tally> {
  const suites = await buildSuites();
  const special = windows.flatMap((each) => each.suites ?? []);
  let tally = nothing;
  for (const each of windows) {
    process.stdout.write(`\n  ${each.title}\n`);
    tally = sum(tally, await runWindow(each, each.suites ?? suites.filter((name) => !special.includes(name))));
  }
  return tally;
}

/** A window that some suites need. */
interface Window {
  readonly title: string;
  /** Those that run in no other; without it, all the rest. */
  readonly suites?: readonly string[];
  readonly trust: boolean;
  /** Folders of extensions, beside our own. */
  readonly others?: readonly string[];
}

const windows: readonly Window[] = [
  { title: 'In a trusted workspace', trust: true },
  { title: 'In Restricted Mode', suites: ['restricted'], trust: false },
  {
    title: 'Beside the Python extension',
    suites: ['python'],
    trust: true,
    others: [join(import.meta.dirname, 'pythonExtension')],
  },
];

async function runWindow(window: Window, suites: readonly string[]): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'lifeline-suite-'));
  // A copy: the tests change settings and save files.
  const workspace = join(folder, 'workspace');
  await cp(join(root, 'examples'), workspace, { recursive: true });
  const result = join(folder, 'result.json');
  const env = { LIFELINE_TEST_RESULT: result, LIFELINE_TEST_SUITES: suites.join(',') };
  const settings = {
    'lifeline.port': 0,
    'lifeline.stopTimeoutSeconds': 1,
    'security.workspace.trust.enabled': !window.trust,
    'security.workspace.trust.startupPrompt': 'never',
  };
  const run: Run = { workspace, settings, env, others: window.others ?? [] };
  try {
    const code = useElectron() ? await inElectron(run, window.trust, join(folder, 'user')) : await inServer(run);
    const text = await readFile(result, 'utf8').catch(() => undefined);
    const tally = text === undefined ? undefined : (JSON.parse(text) as Tally);
    if (tally && (tally.failed > 0 || (code === 0 && tally.passed > 0))) return tally;
    process.stdout.write(`  The extension host ended with code ${code} and ${text ?? 'no'} results.\n`);
    return sum(tally ?? nothing, { passed: 0, failed: 1 });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

interface Run {
  readonly workspace: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
  readonly others: readonly string[];
}

function useElectron(): boolean {
  const { LIFELINE_TEST_ELECTRON, GITHUB_ACTIONS } = process.env;
  if (LIFELINE_TEST_ELECTRON !== undefined) return LIFELINE_TEST_ELECTRON === '1';
  return GITHUB_ACTIONS === 'true' || process.platform !== 'linux';
}

async function inElectron({ workspace, settings, env, others }: Run, trust: boolean, data: string): Promise<number> {
  await mkdir(join(data, 'User'), { recursive: true });
  await writeFile(join(data, 'User', 'settings.json'), JSON.stringify(settings));
  try {
    return await runTests({
      extensionDevelopmentPath: [root, ...others],
      extensionTestsPath: join(suitesFolder, 'index.js'),
      extensionTestsEnv: env,
      launchArgs: [workspace, `--user-data-dir=${data}`, ...(trust ? ['--disable-workspace-trust'] : [])],
    });
  } catch (error) {
    process.stdout.write(`  ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

async function inServer({ workspace, settings, env, others }: Run): Promise<number> {
  const server = await VsCodeServer.start({ settings, env, installed: others });
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
    await page.goto(server.address({ folder: workspace, extension: root, tests: join(suitesFolder, 'index.js') }));
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

/**
 * Makes the suites as VS Code takes them: CommonJS, each with what it imports, but with the editor's own `vscode`.
 *
 * @returns their names
 */
async function buildSuites(): Promise<string[]> {
  const files = (await testFiles()).filter((file) => file.startsWith('test/vscode/'));
  await rm(suitesFolder, { recursive: true, force: true });
  await build({
    entryPoints: ['test/vscode/index.ts', ...files],
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    outdir: suitesFolder,
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return files.map((file) => basename(file, '.test.ts'));
}
