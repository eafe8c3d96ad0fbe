import assert from 'node:assert/strict';
import { withoutStyles } from '../../../../../media/timeline/model/content/ansi';
import { hexLines } from '../../../../../media/timeline/model/content/hexLines';
import { culprit, hasFrames, tracebackLines } from '../../../../../media/timeline/model/content/traceback';

const chained = `Traceback (most recent call last):
  File "/app/shop/db.py", line 7, in get
    return rows[key]
           ~~~~^^^^^
KeyError: 'x'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/app/shop/views.py", line 41, in show
    item = get(key)
  File "/venv/lib/python3.11/site-packages/flask/app.py", line 9, in wsgi
    raise NotFound
  File "<frozen runpy>", line 198, in _run
flask.NotFound: x
`;

describe('tracebackLines', () => {
  it('finds the places that frames name, and lets the rest be', () => {
    const lines = tracebackLines(chained);
    assert.equal(lines.map(({ before, link, after }) => before + link + after).join('\n'), chained);
    assert.deepEqual(
      lines.flatMap(({ place }) => (place ? [`${place.file}:${place.line}`] : [])),
      ['/app/shop/db.py:7', '/app/shop/views.py:41', '/venv/lib/python3.11/site-packages/flask/app.py:9'],
    );
    assert.deepEqual(
      lines.slice(0, 5).map(({ source }) => source),
      [false, false, true, true, false],
    );
  });

  it('finds them in groups of exceptions and syntax errors', () => {
    const group = `  | ExceptionGroup: several (2 sub-exceptions)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "/app/a.py", line 3, in <module>
    |     raise ValueError(1)
    +------------------------------------
  File "C:\\app\\b c.py", line 12
    def f(:`;
    assert.deepEqual(
      tracebackLines(group).flatMap(({ place }) => place ?? []),
      [
        { file: '/app/a.py', line: 3 },
        { file: 'C:\\app\\b c.py', line: 12 },
      ],
    );
  });

  it('takes no other text for a place', () => {
    for (const text of [
      'see File "/etc/passwd", line 1',
      'File "/a", line x',
      'https://a/b.py:12',
      'File "", line 1',
    ]) {
      assert.equal(hasFrames(text), false, text);
    }
  });
});

describe('culprit', () => {
  it('is the innermost frame of the app in the last traceback', () => {
    assert.deepEqual(culprit(chained), { file: '/app/shop/views.py', line: 41, name: 'show' });
  });

  it('is the innermost frame where none is of the app, and none where there is no frame', () => {
    const library = 'Traceback (most recent call last):\n  File "/usr/lib/python3.11/json/x.py", line 2, in y\nE';
    assert.deepEqual(culprit(library), { file: '/usr/lib/python3.11/json/x.py', line: 2, name: 'y' });
    assert.equal(culprit('ValueError: no'), undefined);
  });
});

describe('withoutStyles', () => {
  it('leaves out colours and keeps what could move or hide text', () => {
    assert.equal(withoutStyles('\x1b[1;31mred\x1b[0m \x1b[38:5:1mx\x1b[m'), 'red x');
    assert.equal(withoutStyles('\x1b[2Jgone\x1b]0;title\x07'), '\x1b[2Jgone\x1b]0;title\x07');
  });
});

describe('hexLines', () => {
  it('shows bytes as numbers and text', () => {
    const bytes = Uint8Array.from([0x48, 0x69, 0x20, 0x0a, 0xff]);
    assert.deepEqual(hexLines(bytes, 4), [
      { offset: '0000', numbers: '48 69  20 0a', text: 'Hi .' },
      { offset: '0004', numbers: 'ff          ', text: '.' },
    ]);
    assert.deepEqual(hexLines(new Uint8Array(0), 16), []);
  });
});
