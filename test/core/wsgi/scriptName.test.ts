import assert from 'node:assert/strict';
import { isBelow, parseScriptName, type ScriptName } from '../../../src/core/wsgi/scriptName';

function parsed(text: string): ScriptName {
  const name = parseScriptName(text);
  assert.ok(typeof name === 'object', JSON.stringify(name));
  return name;
}

describe('the script name', () => {
  it('is empty where nothing, or the root, is named', () => {
    for (const text of ['', '/', ' ']) assert.deepEqual(parsed(text), { variable: '', path: '/' });
  });

  it('is the same with and without the slashes around it', () => {
    for (const text of ['/shop', 'shop', '/shop/', 'shop/', ' /shop ']) {
      assert.deepEqual(parsed(text), { variable: '/shop', path: '/shop/' });
    }
    assert.deepEqual(parsed('/a/b'), { variable: '/a/b', path: '/a/b/' });
  });

  it('is bytes to the app, and percent-encoded to the browser', () => {
    const cafe = { variable: '/caf\xc3\xa9', path: '/caf%C3%A9/' };
    assert.deepEqual(parsed('/café'), cafe);
    assert.deepEqual(parsed('/caf%C3%A9'), cafe);
    assert.deepEqual(parsed('/100%'), { variable: '/100%', path: '/100%25/' });
  });

  it('says what is wrong with a text that is no path', () => {
    for (const [text, message] of [
      ['/a?b', /no “\?” or “#”/],
      ['/a#b', /no “\?” or “#”/],
      ['/a b', /no path has/],
      ['/a%00', /no path has/],
      ['http://host/app', /without scheme and host/],
      ['//a', /empty segment/],
      ['/a//b', /empty segment/],
      ['/a/../b', /“\.\.”/],
      ['/%2e%2e', /“\.\.”/],
    ] as const) {
      const mistake = parseScriptName(text);
      assert.ok(typeof mistake === 'string', text);
      assert.match(mistake, message);
      assert.match(mistake, /lifeline\.scriptName/);
    }
  });

  it('has paths below it, and others beside it', () => {
    const name = parsed('/app');
    for (const path of ['/app', '/app/', '/app/x', '/%61pp/x', '/app%2Fx'])
      assert.equal(isBelow(path, name), true, path);
    for (const path of ['/', '/apple', '/ap', '/App', '/x/app', '*', ''])
      assert.equal(isBelow(path, name), false, path);
    assert.equal(isBelow('/caf%c3%a9/x', parsed('/café')), true);
    assert.equal(isBelow('/caf\xc3\xa9/x', parsed('/café')), true);
  });
});
