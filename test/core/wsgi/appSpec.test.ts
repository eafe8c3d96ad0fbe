import assert from 'node:assert/strict';
import { parseAppSpec } from '../../../src/core/wsgi/appSpec';

describe('parseAppSpec', () => {
  const good = [
    ['hello.py', { place: 'hello.py', isFile: true, callable: '' }],
    [' hello.py:app ', { place: 'hello.py', isFile: true, callable: 'app' }],
    ['pages\\hello.py:create_app()', { place: 'pages/hello.py', isFile: true, callable: 'create_app()' }],
    ['C:\\site\\hello.py', { place: 'C:/site/hello.py', isFile: true, callable: '' }],
    ['C:\\site\\hello.py:app', { place: 'C:/site/hello.py', isFile: true, callable: 'app' }],
    ['djangoapp:app', { place: 'djangoapp', isFile: false, callable: 'app' }],
    ['package.module:site.admin', { place: 'package.module', isFile: false, callable: 'site.admin' }],
    ['größe:größe', { place: 'größe', isFile: false, callable: 'größe' }],
  ] as const;
  for (const [text, parts] of good) it(`takes ${text}`, () => assert.deepEqual(parseAppSpec(text), parts));

  const bad = [
    '',
    '  ',
    'hello.py:',
    ':app',
    'hello.py:1app',
    'hello.py:app(debug)',
    'a b:app',
    'site/hello:app',
    'a..b',
  ];
  for (const text of bad) {
    it(`says what is wrong with “${text}”`, () => {
      const problem = parseAppSpec(text);
      assert.equal(typeof problem, 'string', `taken as ${JSON.stringify(problem)}`);
    });
  }
});
