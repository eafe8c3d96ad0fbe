import assert from 'node:assert/strict';
import { wireCases } from '../core/http/wireCases';
import { meaningOf } from './meanings';

describe('the words of the conformance page', () => {
  it('say of every refusal why others decide otherwise', () => {
    const codes = wireCases().flatMap(({ events }) => /^refused \d+ (\S+)$/m.exec(events.join('\n'))?.[1] ?? []);
    assert.ok(codes.length > 100);
    const missing = [...new Set(codes)].filter((code) => meaningOf(code) === meaningOf('no such code'));
    assert.deepEqual(missing, []);
  });
});
