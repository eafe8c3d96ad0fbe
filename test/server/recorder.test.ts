import assert from 'node:assert/strict';
import type { Batch } from '../../src/core/trace/batch';
import { TraceStore } from '../../src/core/trace/traceStore';
import { Recorder } from '../../src/server/recorder';

describe('the recorder', () => {
  let time = 0;
  let batches: Batch[] = [];
  let recorder: Recorder;

  beforeEach(() => {
    time = 0;
    batches = [];
    recorder = new Recorder(
      () => time,
      (batch) => batches.push(batch),
    );
  });

  afterEach(() => recorder.stop());

  it('gives the same text the same id, and ships it once', () => {
    const id = recorder.intern('/a');
    assert.equal(recorder.intern('/a'), id);
    assert.notEqual(recorder.intern('/b'), id);
    recorder.flush();
    recorder.flush();
    assert.deepEqual(
      batches.map(({ strings }) => strings),
      [['/a', '/b'], []],
    );
  });

  it('keeps the texts of rows in use, however many come after them', () => {
    const row = recorder.exchanges.add();
    row.method = recorder.intern('GET');
    row.target = recorder.intern('/long');
    const unused = recorder.intern('/gone');
    for (let number = 0; number < 30_000; number++) recorder.intern(`/${number}`);
    assert.equal(recorder.text(row.method), 'GET');
    assert.equal(recorder.text(row.target), '/long');
    assert.equal(recorder.text(unused), '', 'what nobody uses is not kept');
  });

  it('ships a text again, under a new id, when it has been forgotten', () => {
    const store = new TraceStore(10);
    const first = recorder.intern('/again');
    for (let number = 0; number < 30_000; number++) recorder.intern(`/${number}`);
    const second = recorder.intern('/again');
    assert.notEqual(second, first);
    const row = recorder.exchanges.add();
    Object.assign(row, { id: 1, target: second });
    recorder.exchanges.changed(row);
    recorder.flush();
    for (const batch of batches) store.append(batch);
    assert.equal(store.text(second), '/again');
  });

  it('tells each change of the concurrency model at its instant', () => {
    recorder.concurrency('threads', 4);
    time = 5;
    recorder.concurrency('iterative', 1);
    recorder.flush();
    assert.deepEqual(batches[0]?.models, [
      { at: 0, model: 'threads', slots: 4 },
      { at: 5, model: 'iterative', slots: 1 },
    ]);
  });

  it('tells how late a batch is', async () => {
    recorder.note('info', 'a', '');
    time = 1016;
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual(
      batches.map(({ lag, now }) => [lag, now]),
      [[1000, 1016]],
    );
  });
});
