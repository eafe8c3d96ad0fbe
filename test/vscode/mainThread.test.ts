import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { api, get, start, stop, writeFile } from './lifeline';
import { report } from './output';

/** Asks without a pause from a thread of its own, and tells how long each answer took. */
const client = `
const { request, Agent } = require('node:http');
const { parentPort, workerData } = require('node:worker_threads');
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const times = [];
const ask = () => new Promise((resolve, reject) => {
  const sent = request(workerData.url, { agent }, (response) => {
    response.resume();
    response.on('end', resolve);
  });
  sent.on('error', reject);
  sent.end();
});
let going = true;
parentPort.on('message', () => (going = false));
(async () => {
  for (let count = 0; going; count++) {
    const before = performance.now();
    await ask();
    times.push({ at: Date.now(), took: performance.now() - before });
    if (count === 20) parentPort.postMessage('warm');
  }
  agent.destroy();
  parentPort.postMessage(times);
  parentPort.close();
})();
`;

describe('The main thread of the extension host', () => {
  afterEach(stop);

  it('blocked for 1 s delays no request', async () => {
    await writeFile(
      'quick.py',
      'def application(environ, start_response):\n    start_response("200 OK", [])\n    return [b"quick"]\n',
    );
    await start('quick.py');
    await get('/');
    const { address = '' } = (await api()).state;
    const worker = new Worker(client, { eval: true, workerData: { url: `http://${address}/` } });
    await once(worker, 'message');
    const from = Date.now();
    // Whatever another extension might do here: nothing else of this thread runs meanwhile.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
    const to = Date.now();
    const answered = once(worker, 'message');
    worker.postMessage('stop');
    const [times] = (await answered) as [{ readonly at: number; readonly took: number }[]];
    const during = times.filter(({ at }) => at > from && at < to).map(({ took }) => took);
    report(`${during.length} answers meanwhile, the slowest after ${Math.max(...during).toFixed(1)} ms`);
    assert.ok(during.length > 50, `only ${during.length} requests were answered while it was blocked`);
    assert.ok(Math.max(...during) < 500, `one took ${Math.max(...during)} ms`);
  });
});
