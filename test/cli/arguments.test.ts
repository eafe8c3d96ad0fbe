import assert from 'node:assert/strict';
import { parseCommand, usage, UsageError } from '../../src/cli/arguments';

function refused(args: string, message: RegExp): void {
  assert.throws(
    () => parseCommand(args.split(' ')),
    (error: Error) => {
      assert.ok(error instanceof UsageError, String(error));
      assert.match(error.message, message);
      return true;
    },
  );
}

describe('Command line arguments', () => {
  it('serves an app with the defaults that the usage names', () => {
    assert.deepEqual(parseCommand(['serve', 'hello.py']), {
      kind: 'serve',
      app: 'hello.py',
      host: '127.0.0.1',
      port: 8888,
      scriptName: '',
      concurrency: 'threads',
      slots: 4,
      backlog: 128,
      appTimeout: 0,
      python: '',
      record: undefined,
      quiet: false,
    });
    for (const value of ['(8888)', '(127.0.0.1)', '(threads)', '(4)', '(128)']) assert.ok(usage.includes(value), value);
  });

  it('takes every option', () => {
    const args =
      'serve app:make() --port 0 --host ::1 --script-name /shop --concurrency processes --slots 2 --backlog 5 --app-timeout 30 --python py3 --record t.har --quiet';
    assert.deepEqual(parseCommand(args.split(' ')), {
      kind: 'serve',
      app: 'app:make()',
      host: '::1',
      port: 0,
      scriptName: '/shop',
      concurrency: 'processes',
      slots: 2,
      backlog: 5,
      appTimeout: 30,
      python: 'py3',
      record: 't.har',
      quiet: true,
    });
  });

  it('helps wherever it is asked to', () => {
    for (const args of [['--help'], ['-h'], ['serve', '--help'], ['serve', 'hello.py', '--port', 'x', '-h']]) {
      assert.deepEqual(parseCommand(args), { kind: 'help' });
    }
    assert.deepEqual(parseCommand(['--version']), { kind: 'version' });
  });

  it('says what is wrong', () => {
    assert.throws(() => parseCommand([]), /Say what to do: serve APP/);
    refused('run hello.py', /There is no command "run"/);
    refused('serve', /Say which app to serve/);
    refused('serve a.py b.py', /One app at a time.*"b\.py"/);
    refused('serve a.py --port http', /--port takes a whole number from 0 to 65535, not "http"/);
    refused('serve a.py --port 65536', /--port takes/);
    refused('serve a.py --port 1.5', /--port takes/);
    refused('serve a.py --slots 0', /--slots takes a whole number from 1 to 255/);
    refused('serve a.py --backlog 0', /--backlog takes/);
    refused('serve a.py --script-name http://a/b', /scriptName: it is the path alone/);
    refused('serve a.py --app-timeout soon', /--app-timeout takes a whole number from 0/);
    refused('serve a.py --nonsense', /--nonsense/);
    refused('serve a.py --port', /--port/);
    refused('serve a.py --record=', /--record needs a file name/);
    refused('serve a.py --host=', /--host needs an address/);
  });

  it('knows the concurrency models', () => {
    for (const concurrency of ['iterative', 'threads', 'processes']) {
      const command = parseCommand(['serve', 'a.py', '--concurrency', concurrency]);
      assert.equal(command.kind === 'serve' && command.concurrency, concurrency);
    }
    refused('serve a.py --concurrency fibres', /--concurrency takes iterative, threads or processes, not "fibres"/);
  });
});
