import assert from 'node:assert/strict';
import { Ledger } from './ledger';
import { leftBehind, soak } from './soak';

describe('the soak', () => {
  it('of 10 s loses and crosses no answer, and leaves nothing behind', async function () {
    this.timeout(90_000);
    const { ledger, usages } = await soak({
      seconds: 10,
      clients: { keepAlive: 2, closing: 1, uploading: 1, slowlyReading: 1, aborting: 2, slowloris: 20 },
      killSeconds: 3,
      progress: () => undefined,
    });
    assert.deepEqual(ledger.wrongs, []);
    assert.ok(ledger.kills >= 2, `${ledger.kills} kills`);
    assert.ok(ledger.counts.answered > 100, JSON.stringify(ledger.counts));
    assert.deepEqual(leftBehind({ usages }), []);
  });

  it('knows what is left behind', () => {
    const heap = { objects: 10 * 2 ** 20, buffers: 2 ** 20 };
    const usage = { memory: 0, main: heap, server: heap, descriptors: 30, threads: 12, children: 1 };
    const end = {
      ...usage,
      descriptors: 31,
      server: { objects: 60 * 2 ** 20, buffers: 32 * 2 ** 20 },
      main: { objects: 10 * 2 ** 20, buffers: 9 * 2 ** 20 },
    };
    assert.deepEqual(leftBehind({ usages: [usage, usage, usage] }), []);
    assert.deepEqual(leftBehind({ usages: [usage, usage, end] }), [
      '1 descriptors',
      '50.0 MiB of objects of the server thread',
      '8.0 MiB of buffers of the main thread',
    ]);
  });

  it('knows what is lost, what is crossed, and what a kill excuses', () => {
    const ledger = new Ledger();
    const began = performance.now();
    ledger.note(began, 'a', 'token', { status: 200, body: 'token' }, true);
    ledger.note(began, 'b', 'token', { status: 200, body: 'another' }, true);
    ledger.note(began, 'c', 'token', { status: 502, body: '' }, true);
    ledger.note(began, 'd', 'token', undefined, true);
    ledger.killed();
    ledger.note(began, 'e', 'token', { status: 502, body: '' }, true);
    ledger.noticed();
    ledger.note(performance.now() + 1, 'f', 'token', { status: 502, body: '' }, true);
    assert.deepEqual(ledger.counts, { answered: 1, 'failed at a kill': 1, lost: 3, crossed: 1 });
    assert.deepEqual(
      ledger.wrongs.map((text) => text.split(' after')[0]),
      ['crossed: b', 'lost: c', 'lost: d', 'lost: f'],
    );
    assert.equal(ledger.latencies.length, 1);
  });
});
