import assert from 'node:assert/strict';
import { report, type Row } from './report';

describe('the conformance page', () => {
  const sound: Row = {
    title: 'request-line.md: Any token is a method',
    reading: { served: [{ method: 'A|B', path: '/', body: '' }], refused: undefined, closes: false },
    code: undefined,
    verdicts: [
      { kind: 'accepted', text: '200' },
      { kind: 'refused', text: '400' },
    ],
  };
  const malformed: Row = {
    title: 'smuggling.md: A | B',
    reading: { served: [], refused: 400, closes: true },
    code: 'bad-field',
    verdicts: [
      { kind: 'refused', text: '400' },
      { kind: 'wrong', text: 'serves /smuggled' },
    ],
  };
  const page = report(['Request Lifeline', 'peer 1.2'], [sound, malformed]);

  it('counts for each server', () => {
    assert.match(page, /^\| Request Lifeline \| 1 \| 0 \| 1 \| 0 \| 0 \| 0 \|$/m);
    assert.match(page, /^\| peer 1\.2 \| 0 \| 1 \| 0 \| 0 \| 0 \| 1 \|$/m);
  });

  it('says what each disagreement means, and who disagrees', () => {
    assert.match(page, /^- \*\*Any token is a method\*\* \(1\)\. RFC 9110, 9\.1: .+ _peer: 1 refused\._$/m);
    assert.match(page, /^- \*\*`bad-field`\*\* \(1\)\. White space before the colon .+ _peer: 1 WRONG\._$/m);
  });

  it('has a row for each case', () => {
    assert.match(page, /^\| case \| Request Lifeline \| peer \|$/m);
    assert.match(page, /^\| A \\\| B \| refused 400 \| \*\*WRONG\*\*: serves \/smuggled \|$/m);
  });
});
