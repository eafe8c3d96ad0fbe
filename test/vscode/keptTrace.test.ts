import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TraceStore } from '../../src/core/trace/traceStore';
import { KeptTrace } from '../../src/vscode/keptTrace';
import { batchOf, exchangeRow } from '../core/trace/traceRows';
import { WrittenTrace } from '../core/trace/writtenTrace';

describe('KeptTrace', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'lifeline-kept-'))));
  afterEach(() => rm(folder, { recursive: true }));

  function written(): TraceStore {
    const trace = new WrittenTrace('threads', 1);
    trace.request('GET /kept', { at: 5, app: [6, 9], end: 10, on: trace.connection(0) });
    return trace.store(12);
  }

  it('gives the next window the rows and their strings, and the clock', async () => {
    const trace = written();
    trace.append(
      batchOf({ exchanges: [exchangeRow({ id: 2, mediaType: 1 })], mediaTypes: { first: 1, names: ['text/html'] } }),
    );
    await new KeptTrace(folder, '1').save(trace, 1000, { filter: 'path:/kept' });
    const earlier = await new KeptTrace(folder, '1').take();
    assert.equal(earlier?.clockOriginUnixMs, 1000);
    assert.deepEqual(earlier.page, { filter: 'path:/kept' });
    const again = new TraceStore(100);
    again.take(earlier.rows);
    again.append(earlier.rest);
    assert.deepEqual(again.exchange(1), trace.exchange(1));
    assert.deepEqual(again.connection(1), trace.connection(1));
    assert.equal(again.text(again.exchange(1)?.target ?? 0), '/kept');
    assert.equal(again.mediaTypes.name(again.exchange(2)?.mediaType ?? 0), 'text/html');
    assert.equal(again.now, trace.now);
  });

  it('gives it once, and leaves nothing behind', async () => {
    const kept = new KeptTrace(folder, '1');
    await kept.save(written(), 0, undefined);
    await kept.save(written(), 0, undefined);
    assert.ok(await kept.take());
    assert.deepEqual(await readdir(folder), []);
    assert.equal(await kept.take(), undefined);
  });

  it('does not read what another version wrote, nor what is damaged', async () => {
    await new KeptTrace(folder, '1').save(written(), 0, undefined);
    assert.equal(await new KeptTrace(folder, '2').take(), undefined);
    await new KeptTrace(folder, '1').save(written(), 0, undefined);
    const [name = ''] = await readdir(folder);
    const file = join(folder, name);
    await writeFile(file, (await readFile(file)).subarray(0, 50));
    assert.equal(await new KeptTrace(folder, '1').take(), undefined);
  });

  it('writes nothing where nothing was traced, and nowhere where no folder is open', async () => {
    await new KeptTrace(folder, '1').save(new TraceStore(10), 0, undefined);
    assert.deepEqual(await readdir(folder), []);
    const homeless = new KeptTrace(undefined, '1');
    await homeless.save(written(), 0, undefined);
    assert.equal(await homeless.take(), undefined);
  });
});
