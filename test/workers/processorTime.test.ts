import assert from 'node:assert/strict';
import { WorkerClient } from '../support/workerClient';

describe('worker: processor time', () => {
  let worker: WorkerClient;
  before(async () => (worker = await WorkerClient.start('computes.py', { slots: 2 })));
  after(() => worker.stop());

  /** Processor time and duration of a call that the server has nudged for, in ms. */
  async function spent(path: string, seconds: number): Promise<{ cpu: number; lasted: number }> {
    const call = worker.call({ path, query: String(seconds) });
    const last = await worker.nudging(() => call.over());
    assert.ok(last.type !== 'aborted');
    const { began } = await call.first('started');
    return { cpu: last.cpu, lasted: last.ended - began };
  }

  it('is that of the call’s own thread', async () => {
    const computed = await spent('/computes', 0.3);
    assert.ok(computed.cpu > 270 && computed.cpu < 330, `computed for ${computed.cpu} ms`);
    const slept = await spent('/sleeps', 0.3);
    assert.ok(slept.cpu >= 0 && slept.cpu < 30, `computed for ${slept.cpu} ms while it slept`);
  });

  it('is told however the call ends', async () => {
    for (const path of ['/raises', '/yields']) {
      const { cpu } = await spent(path, 0.1);
      assert.ok(cpu >= 0 && cpu < 30, `${path}: ${cpu} ms`);
    }
  });

  it('does not count what other calls compute at the same time', async () => {
    const [busy, idle] = await Promise.all([spent('/computes', 0.4), spent('/sleeps', 0.4)]);
    assert.ok(busy.cpu > 350, `the one computed for ${busy.cpu} ms`);
    assert.ok(idle.cpu < 60, `the other for ${idle.cpu} ms`);
  });

  it('is not asked for where a call is short', async () => {
    const fresh = await WorkerClient.start('computes.py');
    const last = await fresh.call({ path: '/sleeps', query: '0' }).over();
    assert.ok(last.type === 'reply' && Number.isNaN(last.cpu));
    await fresh.stop();
  });
});
