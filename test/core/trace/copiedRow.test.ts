import assert from 'node:assert/strict';
import { copiedRow } from '../../../src/core/trace/copiedRow';
import { MediaTypes } from '../../../src/core/trace/mediaTypes';
import { connectionRow, exchangeRow } from './traceRows';

const strings = ['', 'GET', '/a?b', '127.0.0.1:50000', '+cmd|x'];
const mediaTypes = new MediaTypes();
mediaTypes.put({ first: 1, names: ['text/html'] });
const store = { text: (id: number) => strings[id] ?? '', mediaTypes };
const connection = connectionRow({ id: 1, remote: 3 });

describe('copiedRow', () => {
  it('is a row apart by tabs', () => {
    const row = exchangeRow({
      id: 1,
      connection: 1,
      method: 1,
      target: 2,
      status: 200,
      mediaType: 1,
      outcome: 1,
      start: 5,
      end: 12.5,
      bytesIn: 80,
      bytesOut: 90,
    });
    assert.equal(
      copiedRow(row, connection, store, 100),
      ['GET', '/a?b', '200', 'text/html', 'complete', '0.000', '0.000', '12.500', '80', '90', '127.0.0.1:50000'].join(
        '\t',
      ),
    );
  });

  it('is no formula, and tells of what is not over', () => {
    const row = exchangeRow({ id: 1, connection: 1, method: 4, target: 0, start: 5, bytesIn: 8 });
    const cells = copiedRow(row, undefined, store, 30).split('\t');
    assert.deepEqual(cells, ["'+cmd|x", '', '', '', 'in progress', '0.000', '0.000', '25.000', '8', '0', '']);
  });
});
