import assert from 'node:assert/strict';
import fc from 'fast-check';
import { comparedFields, comparedPhases, previousAlike } from '../../../../media/timeline/model/comparedPair';
import { byteDifference, timeDifference } from '../../../../media/timeline/model/differences';
import { Trace } from '../../../../media/timeline/model/trace';
import { readHead } from '../../../../src/core/trace/heads';
import type { PhaseName } from '../../../../src/core/trace/phases';
import type { Span } from '../../../../src/core/trace/spans';
import { Traffic } from '../../../ui/traffic';

const span = (phase: PhaseName, start: number, duration: number): Span => ({ phase, start, duration, open: false });

describe('the comparison of two requests', () => {
  it('puts the phases of both on one scale, each from its own start', () => {
    const compared = comparedPhases([
      {
        start: 1000,
        spans: [span('recv', 1000, 2), span('hop', 1003, 1), span('app', 1004, 50), span('hop', 1054, 1)],
      },
      { start: 5000, spans: [span('recv', 5000, 2), span('queue', 5003, 40), span('app', 5043, 50)] },
    ]);
    assert.deepEqual(
      compared.map(({ phase, times }) => [phase, ...times]),
      [
        ['recv', 2, 2],
        ['queue', undefined, 40],
        ['hop', 2, undefined],
        ['app', 50, 50],
      ],
    );
    assert.deepEqual(
      compared.at(-1)?.stretches.map((spans) => spans.map(({ start }) => start)),
      [[4], [43]],
    );
  });

  it('pairs fields of one name in their order, whatever the case', () => {
    const was = readHead('GET / HTTP/1.1\r\nHost: a\r\nAccept: x\r\nX-Two: 1\r\nX-Two: 2\r\nCookie: a=1');
    const is = readHead('GET / HTTP/1.1\r\nhost: a\r\nX-Two: 1\r\nX-Two: 3\r\nCookie: a=2\r\nVia: p');
    assert.deepEqual(
      comparedFields(was, is).map(({ name, change, values, secret }) => [name, change, ...values, secret]),
      [
        ['Host', 'same', 'a', 'a', false],
        ['Accept', 'removed', 'x', undefined, false],
        ['X-Two', 'same', '1', '1', false],
        ['X-Two', 'changed', '2', '3', false],
        ['Cookie', 'changed', 'a=1', 'a=2', true],
        ['Via', 'added', undefined, 'p', false],
      ],
    );
  });

  it('loses no field and makes none up', () => {
    const field = fc.record({
      name: fc.constantFrom('A', 'a', 'B', 'c'),
      value: fc.constantFrom('1', '2', '3'),
      secret: fc.constant(false),
    });
    const head = fc.array(field, { maxLength: 8 }).map((fields) => ({ firstLine: '', fields }));
    const told = (fields: readonly { name: string; value: string }[]): string[] =>
      fields.map(({ name, value }) => `${name.toLowerCase()}: ${value}`);
    fc.assert(
      fc.property(head, head, (was, is) => {
        const compared = comparedFields(was, is);
        const side = (of: 0 | 1): string[] =>
          told(compared.flatMap(({ name, values }) => (values[of] === undefined ? [] : { name, value: values[of] })));
        assert.deepEqual(side(0), told(was.fields));
        assert.deepEqual(side(1).sort(), told(is.fields).sort());
        for (const { change, values } of compared) assert.equal(change === 'same', values[0] === values[1]);
      }),
    );
  });

  it('finds the one before with the same method and path, whatever its query', () => {
    const traffic = new Traffic();
    const connection = traffic.connection(0, 40_000);
    const ask = (method: string, target: string): number =>
      traffic.exchange(connection, { at: 10, method, target, app: 1 }).id;
    const ids = [ask('GET', '/a?x=1'), ask('POST', '/a'), ask('GET', '/ab'), ask('GET', '/a?x=2'), ask('GET', '/a')];
    const trace = new Trace(100);
    trace.append(traffic.batch(1000));
    assert.deepEqual(
      ids.map((id) => previousAlike(trace, id)),
      [undefined, undefined, undefined, 1, 4],
    );
    assert.equal(previousAlike(trace, 99), undefined);
  });

  it('says differences in words', () => {
    assert.equal(timeDifference(100, 250), '+150 ms, ×2.5');
    assert.equal(timeDifference(250, 100), '−150 ms, ÷2.5');
    assert.equal(timeDifference(100, 100.5), 'same');
    assert.equal(timeDifference(100, 105), '+5.00 ms');
    assert.equal(timeDifference(undefined, 5), 'only in B');
    assert.equal(timeDifference(5, undefined), 'only in A');
    assert.equal(timeDifference(0, 5), '+5.00 ms');
    assert.equal(byteDifference(1024, 1024), 'same');
    assert.equal(byteDifference(10, 20_490), '+20 KB, ×2,049');
  });
});
