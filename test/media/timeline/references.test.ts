import assert from 'node:assert/strict';
import { referenceUrl } from '../../../media/timeline/references';

describe('referenceUrl', () => {
  it('finds the section of a PEP', () => {
    const pep = 'https://peps.python.org/pep-3333/';
    assert.equal(referenceUrl('PEP 3333, The start_response() Callable'), `${pep}#the-start-response-callable`);
    assert.equal(
      referenceUrl('PEP 3333, Handling the Content-Length Header'),
      `${pep}#handling-the-content-length-header`,
    );
    assert.equal(referenceUrl('PEP 8, Naming'), 'https://peps.python.org/pep-0008/#naming');
  });

  it('finds the section of an RFC by its number', () => {
    const rfc = 'https://www.rfc-editor.org/rfc/rfc9110.html';
    assert.equal(referenceUrl('RFC 9110, 8.6. Content-Length'), `${rfc}#section-8.6`);
    assert.equal(referenceUrl('RFC 9110, 15. Status Codes'), `${rfc}#section-15`);
    assert.equal(referenceUrl('RFC 9110, Status Codes'), rfc);
  });

  it('knows no page of anything else', () => {
    assert.equal(referenceUrl('the book, page 3'), undefined);
    assert.equal(referenceUrl('javascript:alert(1)'), undefined);
    assert.equal(referenceUrl('PEP 3333'), undefined);
  });
});
