import assert from 'node:assert/strict';
import { DetailReader } from '../../../../media/timeline/model/detailReader';
import type { ExchangeDetail } from '../../../../src/core/trace/detail';

/** A host that answers when the test says so. */
class SlowHost {
  readonly asked: number[] = [];
  readonly #answers: ((detail: ExchangeDetail | undefined) => void)[] = [];

  readonly fetch = (exchange: number): Promise<ExchangeDetail | undefined> => {
    this.asked.push(exchange);
    return new Promise((resolve) => this.#answers.push(resolve));
  };

  async answer(head: string | undefined): Promise<void> {
    const exchange = this.asked[this.asked.length - 1] ?? 0;
    this.#answers.shift()?.(
      head === undefined
        ? undefined
        : { exchange, requestHead: head, responseHead: '', marks: [], logs: [], findings: [] },
    );
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('DetailReader', () => {
  it('asks once for what is wanted and says when it is there', async () => {
    const host = new SlowHost();
    let told = 0;
    const reader = new DetailReader(host.fetch, () => told++);
    reader.want(7);
    reader.want(7);
    assert.equal(reader.loading, true);
    await host.answer('GET /');
    assert.deepEqual([host.asked, reader.detail?.requestHead, reader.loading, told], [[7], 'GET /', false, 1]);
  });

  it('drops an answer that nobody wants any more', async () => {
    const host = new SlowHost();
    const reader = new DetailReader(host.fetch, () => undefined);
    reader.want(7);
    reader.want(8);
    await host.answer('GET /7');
    assert.deepEqual([host.asked, reader.detail], [[7, 8], undefined]);
    await host.answer('GET /8');
    assert.equal(reader.detail?.requestHead, 'GET /8');
  });

  it('asks once more however often the exchange changes meanwhile', async () => {
    const host = new SlowHost();
    const reader = new DetailReader(host.fetch, () => undefined);
    reader.want(7);
    for (let count = 0; count < 5; count++) reader.changed();
    assert.deepEqual(host.asked, [7]);
    await host.answer('first');
    assert.deepEqual(host.asked, [7, 7]);
    await host.answer('second');
    assert.deepEqual([host.asked, reader.detail?.requestHead], [[7, 7], 'second']);
  });

  it('takes a host that fails for one that kept nothing', async () => {
    const reader = new DetailReader(
      () => Promise.reject(new Error('gone')),
      () => undefined,
    );
    reader.want(7);
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual([reader.detail, reader.loading], [undefined, false]);
  });
});
