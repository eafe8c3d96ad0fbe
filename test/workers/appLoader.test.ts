import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { python, WorkerClient } from '../support/workerClient';

const says = (text: string): string =>
  `def says(environ, start_response):\n    start_response("200 OK", [])\n    return [${JSON.stringify(text)}.encode()]\n`;
const flaskLike =
  'class Flaskish:\n    def __call__(self, environ, start_response):\n        return _says(environ, start_response)\n';

/** The files of the project that all cases load from. */
const project: Record<string, string> = {
  'plain.py': `${says('plain')}application = says\n`,
  'named.py': `${says('named')}app = says\napplication = None\n`,
  'both.py': `${says('both')}application = says\napp = lambda environ, start_response: 1 / 0\n`,
  'only.py': `from typing import List\n${flaskLike}def add(one, two):\n    return one + two\nfrom plain import says as _says\nsite = Flaskish()\nalias = site\n`,
  'several.py': `${says('several')}${flaskLike}one = Flaskish()\ntwo = Flaskish()\n`,
  'factory.py': `${says('factory')}made = []\ndef create_app(name="default"):\n    made.append(name)\n    return lambda environ, start_response: says(environ, start_response)\ndef make_nothing():\n    pass\ndef fails():\n    raise RuntimeError("no database")\n`,
  'dotted.py': `${says('dotted')}class site:\n    class inner:\n        app = staticmethod(says)\n`,
  'none.py': 'number = 1\ndef view(request):\n    pass\n',
  'empty.py': '',
  'not_callable.py': 'app = "text"\n',
  'my-app.py': `${says('dashes')}application = says\n`,
  'json.py': `${says('shadow')}application = says\n`,
  'selfish.py': `import sys, selfish\n${says('selfish')}assert selfish is sys.modules["selfish"]\napplication = says\n`,
  'syntax.py': 'def broken(:\n    pass\n',
  'raises.py': 'def inner():\n    raise LookupError("no such setting")\ninner()\n',
  'needs.py': 'import surely_not_installed.thing\n',
  'leaves.py': 'import sys\nsys.exit(2)\n',
  'package/__init__.py': `${says('package')}application = says\n`,
  'package/views.py': `from . import says\nfrom package import says as same\nassert says is same\napplication = says\n`,
  'src/main.py': 'import sibling\napplication = sibling.says\n',
  'src/sibling.py': says('sibling'),
};

describe('worker: finding the app', () => {
  let folder: string;
  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'lifeline apps ')));
    for (const [name, text] of Object.entries(project)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const found: readonly (readonly [spec: string, app: string, body: string])[] = [
    ['plain.py', 'plain.py:application', 'plain'],
    ['plain', 'plain.py:application', 'plain'],
    ['plain:application', 'plain.py:application', 'plain'],
    ['plain.py:says', 'plain.py:says', 'plain'],
    ['./plain.py', 'plain.py:application', 'plain'],
    ['named.py', 'named.py:app', 'named'],
    ['both.py', 'both.py:application', 'both'],
    ['only.py', 'only.py:site', 'plain'],
    ['factory:create_app()', 'factory.py:create_app()', 'factory'],
    ['factory.py:create_app("test")', 'factory.py:create_app("test")', 'factory'],
    ['dotted:site.inner.app', 'dotted.py:site.inner.app', 'dotted'],
    ['my-app.py', 'my-app.py:application', 'dashes'],
    ['selfish.py', 'selfish.py:application', 'selfish'],
    ['package', 'package:application', 'package'],
    ['package/', 'package:application', 'package'],
    ['package.views', 'package/views.py:application', 'package'],
    ['package/views.py', 'package/views.py:application', 'package'],
    ['src/main.py', 'src/main.py:application', 'sibling'],
    ['json.py', 'json.py:application', 'shadow'],
  ];
  for (const [spec, app, body] of found) {
    it(`loads ${spec}`, async () => {
      const worker = await WorkerClient.start(spec, { folder });
      assert.equal(worker.ready.app, app);
      assert.equal((await worker.call().response()).body, body);
      await worker.stop();
    });
  }

  it('loads a file by its absolute path, wherever it lies', async () => {
    const worker = await WorkerClient.start(`${join(folder, 'plain.py')}:application`, { folder: tmpdir() });
    assert.equal((await worker.call().response()).body, 'plain');
    await worker.stop();
  });

  const refused: readonly (readonly [spec: string, code: string, message: RegExp])[] = [
    ['plian.py', 'app-not-found', /no file plian\.py in .*Did you mean plain\.py/],
    ['plian:app', 'app-not-found', /no module plian .*Did you mean plain/],
    ['package.vews', 'app-not-found', /no module package\.vews/],
    ['src', 'app-not-found', /src is a folder, not an app: choose a file in it/],
    ['', 'app-not-found', /No app is set/],
    ['plain:missing', 'callable-missing', /plain\.py has no missing\. It has .*says/],
    ['dotted:site.gone.app', 'callable-missing', /no site\.gone\.app/],
    ['none.py', 'callable-missing', /no WSGI callable named application or app\. Its callables are view/],
    ['empty.py', 'callable-missing', /It has no callables at all/],
    ['several.py:gone', 'callable-missing', /It has says, one, two: write several\.py:says/],
    ['factory.py:nothing', 'callable-missing', /factory\.py has no nothing/],
    ['not_callable.py', 'callable-missing', /no WSGI callable/],
    ['not_callable.py:app', 'app-not-callable', /app in not_callable\.py is str/],
    ['none.py:view', 'app-not-callable', /view in none\.py does not take \(environ, start_response\).*view\(\)/],
    ['factory:make_nothing()', 'factory-failed', /make_nothing of factory\.py returned None/],
    ['factory:fails()', 'factory-failed', /Calling fails\(\) of factory\.py raised RuntimeError: no database/],
    ['factory:create_app(name)', 'factory-failed', /plain values/],
    ['syntax.py', 'app-syntax-error', /^syntax\.py, line 1: /],
    ['raises.py', 'app-import-error', /Importing raises\.py raised LookupError: no such setting/],
    ['leaves.py', 'app-import-error', /called sys\.exit\(\).*__main__/],
  ];
  for (const [spec, code, message] of refused) {
    it(`refuses ${spec || 'an empty name'} as ${code}`, async () => {
      const failed = await WorkerClient.failure(spec, { folder });
      assert.equal(failed.code, code, failed.message);
      assert.match(failed.message, message);
      assert.doesNotMatch(failed.traceback, /lifeline_bridge|importlib/);
    });
  }

  it('shows the traceback of a failed import from the first line of the app on', async () => {
    const { traceback } = await WorkerClient.failure('raises.py', { folder });
    assert.match(
      traceback,
      /^Traceback.*\n {2}File ".*raises\.py", line 3, in <module>[^]*LookupError: no such setting\n$/,
    );
  });

  it('tells what is wrong even where a file of the project hides what the telling needs', async () => {
    const hidden = join(folder, 'hidden');
    mkdirSync(hidden);
    writeFileSync(join(hidden, 'token.py'), 'secret = 1\n');
    writeFileSync(join(hidden, 'app.py'), 'import tokenize\n');
    const failed = await WorkerClient.failure('app.py', { folder: hidden });
    assert.equal(failed.code, 'app-import-error');
    assert.match(failed.message, /^Importing app\.py raised /);
    assert.match(failed.traceback, /^Traceback[^]*app\.py", line 1/);
    // Python names its modules since 3.10.
    const { stdout } = spawnSync(python, ['-c', 'import sys; print(hasattr(sys, "stdlib_module_names"))']);
    if (stdout.toString().trim() === 'True') {
      assert.match(failed.message, /Your file token\.py hides Python's own module token: rename it\.$/);
    }
  });

  it('names the module that is missing, and the interpreter', async () => {
    const failed = await WorkerClient.failure('needs.py', { folder });
    assert.equal(failed.code, 'app-import-error');
    assert.equal(failed.missingModule, 'surely_not_installed');
    assert.match(failed.message, /needs the module surely_not_installed, which .*python.* does not have/);
    assert.match(failed.traceback, /needs\.py/);
  });
});
