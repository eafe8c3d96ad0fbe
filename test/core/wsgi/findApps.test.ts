import assert from 'node:assert/strict';
import { findApps } from '../../../src/core/wsgi/findApps';

const callables = (text: string): string[] => findApps(text).map((app) => app.callable);

describe('findApps', () => {
  const single: readonly (readonly [title: string, text: string, callable: string, what: string])[] = [
    ['a WSGI function', 'def application(environ, start_response):\n    return []', 'application', 'WSGI function'],
    ['a function with a short signature', 'def hello(env, start):\n    pass', 'hello', 'WSGI function'],
    [
      'a function with annotations over several lines',
      'def run(\n    environ: dict[str, object],\n    start_response: "StartResponse",  # PEP 3333\n) -> list[bytes]:\n    pass',
      'run',
      'WSGI function',
    ],
    ['a lambda', 'app = lambda environ, start_response: []', 'app', 'WSGI function'],
    [
      'a class that is called',
      'class Site:\n    def __init__(self, environ, start_response):\n        pass',
      'Site',
      'WSGI class',
    ],
    [
      'an object that is called',
      'class Site:\n    def __call__(self, environ, start_response):\n        pass\n\nsite = Site()',
      'site',
      'WSGI object',
    ],
    ['Flask', 'from flask import Flask\napp = Flask(__name__)', 'app', 'Flask app'],
    ['Flask by its module', 'import flask\nserver = flask.Flask(\n    __name__,\n)', 'server', 'Flask app'],
    ['Bottle', 'from bottle import Bottle\napp = Bottle()', 'app', 'Bottle app'],
    [
      'Bottle’s default app',
      'import bottle\napplication = bottle.default_app()',
      'application',
      'Bottle’s default app',
    ],
    ['Falcon by its module', 'import falcon\napp = falcon.App()', 'app', 'Falcon app'],
    ['Falcon by name', 'from falcon import App\napp = App()', 'app', 'Falcon app'],
    ['Django', 'application = get_wsgi_application()', 'application', 'Django app'],
    ['Pyramid', 'app = config.make_wsgi_app()', 'app', 'Pyramid app'],
    ['web.py', 'app = web.application(urls, globals()).wsgifunc()', 'app', 'web.py app'],
    [
      'a factory',
      'def create_app(config=None, *, debug=False):\n    return Flask(__name__)',
      'create_app()',
      'factory',
    ],
    ['the product of a factory', 'from site import create_app\napp = create_app("dev")', 'app', 'made by a factory'],
    ['an annotated name', 'app: Flask = Flask(__name__)', 'app', 'Flask app'],
    ['an app in a block under if', 'if True:\n    app = Flask(__name__)', 'app', 'Flask app'],
  ];
  for (const [title, text, callable, what] of single) {
    it(`finds ${title}`, () => {
      const found = findApps(text);
      assert.deepEqual(
        found.map((app) => [app.callable, app.what]),
        [[callable, what]],
      );
    });
  }

  const none: readonly (readonly [title: string, text: string])[] = [
    ['a comment', '# app = Flask(__name__)'],
    ['a docstring', '"""Use it like this:\n\napp = Flask(__name__)\n"""'],
    ['a string with an escaped quote', "text = 'it\\'s' \nother = 'app = Flask(__name__)'"],
    ['a local variable', 'def main():\n    app = Flask(__name__)\n    return app'],
    ['an attribute of a class', 'class Config:\n    app = Flask(__name__)'],
    ['what only the main program makes', "if __name__ == '__main__':\n    app = create_app()"],
    ['a factory that needs an argument', 'def create_app(config):\n    pass'],
    ['a factory that needs a keyword', 'def create_app(*, config):\n    pass'],
    ['a coroutine', 'async def application(environ, start_response):\n    pass'],
    ['an ASGI app', 'import falcon.asgi\napp = falcon.asgi.App()'],
    ['another package’s App', 'from textual import App\napp = App()'],
    ['a function of two other arguments', 'def add(a, b):\n    return a + b'],
    ['a comparison', 'app == Flask(__name__)'],
    ['a call with the app as its argument', 'run_simple("localhost", 80, Flask(__name__))'],
  ];
  for (const [title, text] of none) {
    it(`does not take ${title} for an app`, () => assert.deepEqual(callables(text), []));
  }

  it('puts application before app, both before others, and factories last', () => {
    const text = [
      'def create_app():',
      '    pass',
      'admin = Flask(__name__)',
      'app = Flask(__name__)',
      'application = app',
    ].join('\n');
    assert.deepEqual(callables(text), ['application', 'app', 'admin', 'create_app()']);
  });

  it('leaves out the pages that an application calls', () => {
    const page = (name: string): string => `def ${name}(environ, start_response):\n    pass\n`;
    assert.deepEqual(callables(page('index') + page('slow') + page('application')), ['application']);
    assert.deepEqual(callables(page('index') + page('slow')), ['index', 'slow']);
    assert.deepEqual(callables(`${page('index')}app = Flask(__name__)\nadmin = Flask(__name__)`), ['app', 'admin']);
  });

  it('names the line on which the app stands', () => {
    const text = 'import os\n\n"""two\nlines"""\n\napplication = app = Flask(\n  __name__)\n';
    assert.deepEqual(
      findApps(text).map((app) => [app.callable, app.line]),
      [
        ['application', 6],
        ['app', 6],
      ],
    );
  });

  it('takes text that is not Python without complaint', () => {
    assert.deepEqual(findApps('((((\n"""\n\\'), []);
    assert.deepEqual(findApps(''), []);
  });
});
