import { spawn, type ChildProcess } from 'node:child_process';
import { access, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { cachedFolder } from './cacheFolder';
import { collect, which } from './processRun';
import { installPackage } from './programs';

/**
 * A real VS Code in a browser, without a download of the desktop one: the npm package `code-server` carries VS Code's
 * own server, which runs extensions in the same extension host code. 4.100.3 is VS Code 1.100.3, the oldest that the
 * extension supports and the newest that runs on Node 20.
 */
const version = '4.100.3';

export interface VsCodeServerOptions {
  /** The user's settings.json. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Added to the environment of the server, and so of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** A packaged extension to install first. */
  readonly vsix?: string;
  /** Folders of extensions to put among the installed ones. */
  readonly installed?: readonly string[];
  /** 0: any free port. */
  readonly port?: number;
  /** Who knows it may open the page; without one everybody on this machine may. */
  readonly token?: string;
}

export interface PageOptions {
  /** The folder, or the `.code-workspace` file, to open, absolute. */
  readonly folder: string;
  /** An extension that is run from its source folder, absolute; the workbench takes but one. */
  readonly extension?: string;
  /** A module whose `run()` is called in the extension host, absolute. */
  readonly tests?: string;
}

export class VsCodeServer {
  readonly port: number;
  /** Everything that the server wrote so far: shown where a test fails. */
  readonly output: () => string;
  readonly #process: ChildProcess;
  readonly #data: string;
  readonly #token: string | undefined;

  private constructor(
    port: number,
    output: () => string,
    child: ChildProcess,
    data: string,
    token: string | undefined,
  ) {
    this.port = port;
    this.output = output;
    this.#process = child;
    this.#data = data;
    this.#token = token;
  }

  static async start(options: VsCodeServerOptions = {}): Promise<VsCodeServer> {
    const home = await installed();
    const data = await mkdtemp(join(tmpdir(), 'lifeline-vscode-'));
    await mkdir(join(data, 'data', 'User'), { recursive: true });
    await writeSettings(data, options.settings);
    for (const folder of options.installed ?? []) {
      await cp(folder, join(data, 'extensions', basename(folder)), { recursive: true });
    }
    const main = join(home, 'out', 'server-main.js');
    const common = ['--accept-server-license-terms', '--telemetry-level', 'off', '--server-data-dir', data];
    if (options.vsix !== undefined) {
      const { code, output } = await collect(process.execPath, [main, ...common, '--install-extension', options.vsix]);
      if (code !== 0 || !output.includes('was successfully installed')) {
        throw new Error(`VS Code did not install ${options.vsix}:\n${output}`);
      }
    }
    const access = options.token === undefined ? ['--without-connection-token'] : ['--connection-token', options.token];
    const args = [main, '--host', '127.0.0.1', '--port', String(options.port ?? 0), ...access, ...common];
    const child = spawn(process.execPath, args, {
      // Left alone, it would send a browser to a path of the code-server wrapper, which is not running here.
      env: { ...process.env, VSCODE_PROXY_URI: '', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that `stop` reaches the extension hosts that it has started too.
      detached: process.platform !== 'win32',
    });
    const pieces: string[] = [];
    const output = (): string => pieces.join('');
    const leave = (): void => signal(child, 'SIGKILL');
    process.once('exit', leave);
    child.once('close', () => process.off('exit', leave));
    const port = await listening(child, pieces);
    return new VsCodeServer(port, output, child, data, options.token);
  }

  /** The address of a window: `payload` is how the workbench takes what are arguments on a command line. */
  address({ folder, extension, tests }: PageOptions): string {
    const remote = (path: string): string => `vscode-remote://localhost:${this.port}${path}`;
    const payload = [
      ...(extension === undefined ? [] : [['extensionDevelopmentPath', remote(extension)]]),
      ...(tests === undefined ? [] : [['extensionTestsPath', remote(tests)]]),
      ['skipWelcome', 'true'],
    ];
    const url = new URL(`http://localhost:${this.port}/`);
    url.searchParams.set(folder.endsWith('.code-workspace') ? 'workspace' : 'folder', folder);
    url.searchParams.set('payload', JSON.stringify(payload));
    if (this.#token !== undefined) url.searchParams.set('tkn', this.#token);
    return url.href;
  }

  get isRunning(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** Gives the user other settings, in place of all that there were. */
  async setSettings(settings: VsCodeServerOptions['settings']): Promise<void> {
    await writeSettings(this.#data, settings);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('close', resolve));
    if (this.isRunning) {
      signal(this.#process, 'SIGTERM');
      const patience = setTimeout(() => signal(this.#process, 'SIGKILL'), 5000);
      await ended;
      clearTimeout(patience);
    }
    await rm(this.#data, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function writeSettings(data: string, settings: VsCodeServerOptions['settings']): Promise<void> {
  const text = JSON.stringify({ ...quietSettings, ...settings }, null, 2);
  await writeFile(join(data, 'data', 'User', 'settings.json'), text);
}

/** Nothing that asks, updates, recommends or moves. */
const quietSettings = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.reduceMotion': 'on',
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'update.mode': 'none',
  'git.enabled': false,
  'remote.autoForwardPorts': false,
  'chat.commandCenter.enabled': false,
};

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    child.kill(name);
    return;
  }
  try {
    process.kill(-child.pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error; // ended meanwhile
  }
}

function listening(child: ChildProcess, pieces: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const take = (piece: Buffer): void => {
      pieces.push(piece.toString('utf8'));
      const port = /Extension host agent listening on (\d+)/.exec(pieces.join(''))?.[1];
      if (port !== undefined) resolve(Number(port));
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`VS Code's server ended with ${code}:\n${pieces.join('')}`)));
  });
}

/** Installs once into the cache; `lib/vscode` of the package is a whole VS Code server. */
async function installed(): Promise<string> {
  const folder = await cachedFolder(`code-server-${version}`, async (into) => {
    process.stdout.write(`Installing VS Code's server (code-server ${version}) into ${into}\n`);
    await writeFile(join(into, 'package.json'), '{"private":true}');
    // Without scripts: the package's own refuse root, download, and build what tests do not need.
    await npm(into, ['install', '--ignore-scripts', `code-server@${version}`]);
    const vscode = inside(into);
    await npm(vscode, ['install', '--omit=dev', '--ignore-scripts']);
    await symlink('node_modules', join(vscode, 'node_modules.asar'));
    await buildNatives(vscode);
  });
  return inside(folder);
}

/** The log writer, without which output channels stay empty, and the terminal. */
async function buildNatives(vscode: string): Promise<void> {
  if ((await which('make')) === undefined) await installPackage('build-essential');
  // npm reports a failure in any case: the terminal's last script fails after its module is built. What counts is there.
  const rebuild = ['rebuild', '@vscode/spdlog', 'native-watchdog', 'node-pty'];
  const { output } = await collect('npm', rebuild, { cwd: vscode, shell: process.platform === 'win32' });
  const logWriter = join(vscode, 'node_modules', '@vscode', 'spdlog', 'build', 'Release', 'spdlog.node');
  const built = await access(logWriter).then(
    () => true,
    () => false,
  );
  if (!built)
    throw new Error(
      `VS Code's server needs a C++ compiler, make and python3 once, to build its log writer:\n${output}`,
    );
}

function inside(folder: string): string {
  return join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}

async function npm(cwd: string, args: readonly string[]): Promise<void> {
  const { code, output } = await collect('npm', [...args, '--no-audit', '--no-fund'], {
    cwd,
    shell: process.platform === 'win32',
  });
  if (code !== 0) throw new Error(`npm ${args.join(' ')} failed in ${cwd}:\n${output}`);
}
