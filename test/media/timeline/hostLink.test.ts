import assert from 'node:assert/strict';
import { HostLink } from '../../../media/timeline/hostLink';
import { Handover } from '../../../src/core/trace/handover';
import type { FromWebview, ToWebview } from '../../../src/core/trace/messages';
import { TraceStore } from '../../../src/core/trace/traceStore';
import { Traffic } from '../../ui/traffic';

const batch = new Traffic().batch(0);

function linked(): { link: HostLink; said: FromWebview[]; got: string[] } {
  const said: FromWebview[] = [];
  const got: string[] = [];
  const link = new HostLink((message) => said.push(message), {
    snapshot: (_batch, capacity, parts) => got.push(`snapshot of ${capacity}${parts === 0 ? '' : ` in ${parts}`}`),
    part: () => got.push('part'),
    batch: () => got.push('batch'),
    state: (state) => got.push(state.status),
    kernel: (view) => got.push(`kernel at ${view.at}`),
    filters: (filters) => got.push(`${filters.length} filters`),
    reveal: ({ kind, id }) => got.push(`reveal ${kind} ${id}`),
    restore: (state) => got.push(`restore ${JSON.stringify(state)}`),
  });
  return { link, said, got };
}

describe('HostLink', () => {
  const snapshot = (number: number, parts = 0): ToWebview => ({ type: 'snapshot', number, batch, capacity: 10, parts });
  const numbered = (number: number): ToWebview => ({ type: 'batch', number, batch });

  it('hands on the filters that are kept under names', () => {
    const { link, got } = linked();
    link.receive({ type: 'filters', filters: [{ name: 'Slow', text: 'slower:1s' }] });
    assert.deepEqual(got, ['1 filters']);
  });

  it('speaks first, takes the snapshot, then the batches in order', () => {
    const { link, said, got } = linked();
    link.ready();
    for (const message of [snapshot(4), numbered(5), numbered(6)]) link.receive(message);
    assert.deepEqual(said, [{ type: 'ready' }]);
    assert.deepEqual(got, ['snapshot of 10', 'batch', 'batch']);
  });

  it('hands on what is to be revealed', () => {
    const { link, got } = linked();
    link.receive({ type: 'reveal', target: { kind: 'connection', id: 3 } });
    assert.deepEqual(got, ['reveal connection 3']);
  });

  it('has kept what a page in another place is to go on from', () => {
    const { link, said, got } = linked();
    link.keep({ filter: '/slow' });
    link.receive({ type: 'restore', state: { filter: '/slow' } });
    assert.deepEqual(said, [{ type: 'saved', state: { filter: '/slow' } }]);
    assert.deepEqual(got, ['restore {"filter":"/slow"}']);
  });

  it('asks anew where a batch is missing, and lets pass what comes before the answer', () => {
    const { link, said, got } = linked();
    link.ready();
    for (const message of [snapshot(1), numbered(3), numbered(4), snapshot(4), numbered(5)]) link.receive(message);
    assert.equal(said.length, 2);
    assert.deepEqual(got, ['snapshot of 10', 'snapshot of 10', 'batch']);
    assert.equal(link.missed, 1);
  });

  it('drops what the snapshot holds already', () => {
    const { link, said, got } = linked();
    link.ready();
    for (const message of [numbered(1), snapshot(2), numbered(2), numbered(3)]) link.receive(message);
    assert.equal(said.length, 1);
    assert.deepEqual(got, ['snapshot of 10', 'batch']);
  });

  it('takes the parts of a long trace in their order, and asks anew where one is missing', () => {
    const { link, said, got } = linked();
    const store = new TraceStore(10);
    store.append(new Traffic().batch(0));
    const part = (index: number): ToWebview => ({ type: 'part', index, part: new Handover(store).part(0) });
    link.ready();
    for (const message of [part(0), snapshot(1, 3), part(0), numbered(2), part(1)]) link.receive(message);
    assert.deepEqual(got, ['snapshot of 10 in 3', 'part', 'batch', 'part']);
    assert.equal(said.length, 1);
    for (const message of [part(3), part(4), snapshot(2, 1), part(0)]) link.receive(message);
    assert.equal(said.length, 2, 'once');
    assert.deepEqual(got.slice(4), ['snapshot of 10 in 1', 'part']);
  });

  it('gets answers from the host through rpc, and its errors', async () => {
    const { link, said } = linked();
    const good = link.host.copy('text');
    const bad = link.host.run('start');
    const calls = said.flatMap((message) =>
      message.type === 'rpc' ? [message.data as { i: string; m: string; a: unknown[] }] : [],
    );
    assert.deepEqual(
      calls.map(({ m, a }) => [m, a]),
      [
        ['copy', ['text']],
        ['run', ['start']],
      ],
    );
    link.receive({ type: 'rpc', data: { t: 's', i: calls[0]?.i, r: undefined } });
    link.receive({ type: 'rpc', data: { t: 's', i: calls[1]?.i, e: new Error('no') } });
    await good;
    await assert.rejects(bad, /no/);
  });
});
