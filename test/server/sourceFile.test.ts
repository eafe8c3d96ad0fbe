import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, parse } from 'node:path';
import { findInterpreter } from '../../src/server/interpreter';
import { findSource, importFolders } from '../../src/server/sourceFile';

describe('findSource', () => {
  let base = '';
  let folder = '';
  let library = '';
  const find = (file: string, folders = [folder, library]): Promise<string> => findSource(file, { folder, folders });
  const outside =
    /^SourceError: Not opened: .* is neither in the workspace nor in a folder that the app imports from\.$/;

  before(() => {
    base = mkdtempSync(join(tmpdir(), 'lifeline-source-'));
    folder = join(base, 'app');
    library = join(base, 'lib');
    for (const each of [folder, library, join(base, 'app-secret'), join(folder, 'shop')]) mkdirSync(each);
    for (const file of ['app/main.py', 'app/shop/views.py', 'lib/json.py', 'app-secret/key.py', 'key.py']) {
      writeFileSync(join(base, file), 'pass\n');
    }
  });
  after(() => rmSync(base, { recursive: true }));

  it('finds files of the workspace and of what the app imports, by whole paths and by those that begin in its folder', async () => {
    assert.equal(await find(join(folder, 'shop', 'views.py')), join(folder, 'shop', 'views.py'));
    assert.equal(await find('main.py'), join(folder, 'main.py'));
    assert.equal(await find(join(library, 'json.py')), join(library, 'json.py'));
  });

  it('opens nothing elsewhere, be it there or not', async () => {
    for (const file of [join(base, 'key.py'), '../key.py', '/etc/passwd', join(base, 'app-secret', 'key.py'), '']) {
      await assert.rejects(find(file), outside, file);
    }
    await assert.rejects(find(join(base, 'never-was.py')), outside);
    await assert.rejects(find(`shop/../../key.py`), outside);
    await assert.rejects(find(join(base, 'key.py'), [parse(base).root]), outside);
  });

  it('says where a file is not there, or is none', async () => {
    await assert.rejects(find('gone.py'), /^SourceError: There is no file .*gone\.py\. It may have been moved since/);
    await assert.rejects(find('shop'), /^SourceError: There is no file /);
  });

  it('follows a link that the project has', async function () {
    if (process.platform === 'win32') this.skip();
    symlinkSync(join(base, 'key.py'), join(folder, 'linked.py'));
    assert.equal(await find('linked.py'), join(folder, 'linked.py'));
  });
});

describe('importFolders', () => {
  it('has the library of the interpreter and what the environment adds', async () => {
    const { path } = await findInterpreter({ folder: tmpdir(), env: process.env });
    const folders = await importFolders(path, { PYTHONPATH: join(tmpdir(), 'added') });
    const library = execFileSync(path, ['-c', 'import os; print(os.__file__)'], { encoding: 'utf8' }).trim();
    assert.ok(folders.includes(dirname(library)), folders.join('\n'));
    assert.ok(folders.includes(join(tmpdir(), 'added')), folders.join('\n'));
    assert.ok(!folders.includes(process.cwd()));
  });
});
