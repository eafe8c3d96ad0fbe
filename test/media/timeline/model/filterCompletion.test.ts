import assert from 'node:assert/strict';
import fc from 'fast-check';
import { completionsOf } from '../../../../media/timeline/model/filterCompletion';
import { readFilter } from '../../../../media/timeline/model/filterText';
import { Trace } from '../../../../media/timeline/model/trace';
import { scenarios } from '../../../ui/scenarios';

describe('completionsOf', () => {
  const { traffic, now } = scenarios.mixed();
  const trace = new Trace(1000);
  trace.append(traffic.batch(now));
  const texts = (text: string, caret = text.length): string[] =>
    completionsOf(text, caret, trace).map((completion) => completion.text);

  it('offers every field to begin with, and those that begin as typed', () => {
    assert.ok(texts('').includes('status:'));
    assert.ok(texts('').includes('phase.'));
    assert.deepEqual(texts('hello s'), ['hello status:', 'hello slower:', 'hello smaller:']);
    assert.deepEqual(texts('-pat'), ['-path:']);
    assert.ok(texts('phase.q').every((text) => text === 'phase.queue>'));
  });

  it('offers the values that the trace has, behind a comma too, in the place of the caret', () => {
    assert.ok(texts('method:').includes('method:POST'));
    assert.deepEqual(texts('method:GET,po'), ['method:GET,POST']);
    assert.ok(texts('path:/bro').includes('path:/broken'));
    assert.deepEqual(texts('client:'), ['client:127.0.0.1']);
    assert.deepEqual(texts('type:js'), ['type:json']);
    assert.ok(
      ['type:text', 'type:plain', 'type:none'].every((text) => texts('type:').includes(text)),
      'kinds too',
    );
    assert.deepEqual(texts('error:cl'), ['error:"client left"']);
    assert.deepEqual(texts('meth slower:1s', 4), ['method: slower:1s']);
  });

  it('offers values that can be read, wherever the caret stands', () => {
    const parts = fc.array(
      fc.constantFrom('status:', 'path:', '-', '"', ' ', ',', 'x', 'error:', 'type:', 'slower:', 'client:'),
    );
    fc.assert(
      fc.property(parts, fc.nat(30), (words, at) => {
        const text = words.join('');
        for (const offer of completionsOf(text, Math.min(at, text.length), trace)) {
          assert.ok(offer.caret <= offer.text.length);
        }
      }),
    );
    for (const field of ['status', 'type', 'path', 'client', 'method', 'error', 'slower', 'larger']) {
      const offers = texts(`${field}:`);
      assert.ok(offers.length > 0, field);
      for (const text of offers) assert.deepEqual(readFilter(text).problems, [], text);
    }
  });
});
