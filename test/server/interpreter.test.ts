import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { findInterpreter, hasModule, InterpreterError, listInterpreters } from '../../src/server/interpreter';

const windows = process.platform === 'win32';

describe('findInterpreter', function () {
  this.timeout(60_000);
  let base: string;
  let folder: string;
  let system: { readonly path: string; readonly version: string };

  before(async () => {
    base = mkdtempSync(join(tmpdir(), 'lifeline-interpreter-'));
    system = await findInterpreter({ folder: base, env: process.env });
  });
  beforeEach(() => (folder = mkdtempSync(join(base, 'project-'))));
  after(() => rmSync(base, { recursive: true, force: true }));

  const makeEnvironment = (path: string): string => {
    execFileSync(system.path, ['-m', 'venv', '--without-pip', path]);
    return windows ? join(path, 'Scripts', 'python.exe') : join(path, 'bin', 'python3');
  };
  /** A program that stands where an interpreter should. */
  const makeProgram = (path: string, script: string): string => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  };

  it('finds python on PATH, behind a shim too, and says so', () => {
    assert.match(system.version, /^3\.\d+\.\d+$/);
    const told = execFileSync(system.path, ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' });
    assert.equal(told.trim(), system.path);
  });

  it('prefers a virtual environment of the project, and .venv to others', async () => {
    makeEnvironment(join(folder, 'another'));
    assert.equal((await findInterpreter({ folder, env: process.env })).reason, 'from another in the project');
    const expected = makeEnvironment(join(folder, '.venv'));
    const found = await findInterpreter({ folder, env: process.env });
    assert.equal(found.reason, 'from .venv in the project');
    assert.equal(dirname(found.path), dirname(expected));
    assert.equal(found.version, system.version);
  });

  it('prefers the editor’s choice to the project’s environment', async () => {
    makeEnvironment(join(folder, '.venv'));
    const editorChoice = makeEnvironment(join(base, 'chosen'));
    const found = await findInterpreter({ folder, editorChoice, env: process.env });
    assert.equal(found.reason, 'chosen in the Python extension');
    assert.equal(dirname(found.path), dirname(editorChoice));
  });

  it('goes on where the editor’s choice does not exist any more', async () => {
    const editorChoice = join(base, 'gone', 'bin', 'python3');
    const found = await findInterpreter({ folder, editorChoice, env: process.env });
    assert.equal(found.path, system.path);
  });

  it('takes the setting before anything else: a path, a relative path, an environment’s folder, a name', async () => {
    const executable = makeEnvironment(join(folder, 'mine'));
    makeEnvironment(join(folder, '.venv'));
    const relative = windows ? 'mine\\Scripts\\python.exe' : 'mine/bin/python3';
    for (const setting of [executable, relative, `./mine`, '${workspaceFolder}/mine']) {
      const found = await findInterpreter({ folder, setting, editorChoice: system.path, env: process.env });
      assert.equal(found.reason, 'from the setting lifeline.pythonPath');
      assert.equal(dirname(found.path), dirname(executable), setting);
    }
    const env = { ...process.env, PATH: [dirname(executable), process.env['PATH']].join(delimiter) };
    const byName = await findInterpreter({ folder, setting: windows ? 'python' : 'python3', env });
    assert.equal(dirname(byName.path), dirname(executable));
  });

  it('takes no other interpreter where the setting is wrong', async () => {
    await assert.rejects(findInterpreter({ folder, setting: './nowhere', env: process.env }), (error: unknown) => {
      assert.ok(error instanceof InterpreterError);
      assert.match(error.message, /no interpreter at “\.\/nowhere”.*lifeline\.pythonPath/);
      return true;
    });
  });

  it('says what to do where there is none', async () => {
    await assert.rejects(findInterpreter({ folder, env: { PATH: folder } }), (error: unknown) => {
      assert.ok(error instanceof InterpreterError);
      assert.match(error.message, /No Python was found.*Install Python 3\.9 or newer, or set lifeline\.pythonPath/);
      return true;
    });
  });

  it('says what it tried: one too old, one that fails', async function () {
    if (windows) this.skip(); // a script cannot stand for an executable there
    makeProgram(join(folder, 'bin', 'python3'), 'echo 2.7.18; echo /usr/bin/python2');
    makeProgram(join(folder, 'bin', 'python'), 'echo "libpython is missing" >&2; exit 127');
    await assert.rejects(findInterpreter({ folder, env: { PATH: join(folder, 'bin') } }), (error: unknown) => {
      assert.ok(error instanceof InterpreterError);
      assert.match(error.message, /is Python 2\.7\.18, and 3\.9 or newer is needed/);
      assert.match(error.message, /does not run: libpython is missing/);
      return true;
    });
  });

  it('passes over an old interpreter on PATH to a newer one behind it', async function () {
    if (windows) this.skip();
    const old = makeProgram(join(folder, 'bin', 'python3'), 'echo 3.8.18; echo /usr/bin/python3.8');
    const env = { ...process.env, PATH: [dirname(old), process.env['PATH']].join(delimiter) };
    assert.equal((await findInterpreter({ folder, env })).path, system.path);
  });

  it('lists each interpreter once', async () => {
    makeEnvironment(join(folder, '.venv'));
    makeEnvironment(join(folder, 'other'));
    const listed = await listInterpreters({ folder, editorChoice: system.path, env: process.env });
    const paths = listed.map((each) => each.path);
    assert.equal(new Set(paths).size, paths.length);
    assert.equal(listed[0]?.reason, 'chosen in the Python extension');
    assert.ok(listed.some((each) => each.reason === 'from .venv in the project'));
    assert.ok(listed.some((each) => each.reason === 'from other in the project'));
  });

  it('tells whether an interpreter has a module', async () => {
    assert.equal(await hasModule(system.path, 'json.decoder'), true);
    assert.equal(await hasModule(system.path, 'no_such_module_anywhere'), false);
    assert.equal(await hasModule(join(folder, 'nothing'), 'json'), false);
  });
});
