import assert from 'node:assert/strict';
import { closers, closings, type Closer, type Closing } from '../../../../src/core/trace/columns';
import { KernelHistory } from '../../../../src/core/trace/kernelHistory';
import type { KernelView, PairView, TcpState } from '../../../../src/core/trace/kernelView';
import { Series } from '../../../../src/core/trace/series';
import {
  acceptQueueAlert,
  acceptQueueSentence,
  closeDirection,
  queueSentences,
  stateSentence,
} from '../../../../media/timeline/model/kernelWords';
import { connectionRow } from '../../../core/trace/traceRows';

const pair = (states: readonly TcpState[], more: Partial<PairView> = {}): PairView => ({
  connection: 1,
  states: states.map((state, at) => ({ state, at })),
  unacknowledged: 0,
  unread: 0,
  expires: NaN,
  ...more,
});

const closedBy = (by: Closer, how: Closing) =>
  connectionRow({ id: 1, closedBy: closers.indexOf(by), how: closings.indexOf(how) });

describe('the words about what the kernel tells', () => {
  it('are one sentence or more for each state', () => {
    const states: TcpState[] = ['ESTABLISHED', 'FIN_WAIT1', 'FIN_WAIT2', 'TIME_WAIT', 'CLOSE_WAIT', 'LAST_ACK'];
    const sentences = [...states, 'CLOSING' as const, 'CLOSED' as const].map(stateSentence);
    assert.equal(new Set(sentences).size, 8);
    for (const sentence of sentences) assert.match(sentence, /^[A-Z].*\.$/);
  });

  it('say who sent the first FIN, from the states that were seen', () => {
    const server = closedBy('server', 'FIN');
    const client = closedBy('client', 'FIN');
    assert.match(closeDirection(server, pair(['ESTABLISHED', 'FIN_WAIT2', 'TIME_WAIT'])), /^The server sent its FIN/);
    assert.match(closeDirection(client, pair(['ESTABLISHED', 'CLOSE_WAIT', 'CLOSED'])), /^The client sent its FIN/);
    assert.match(closeDirection(client, pair(['ESTABLISHED', 'CLOSING'])), /^Both sides/);
    assert.match(closeDirection(server, pair(['ESTABLISHED', 'FIN_WAIT2', 'CLOSED'])), /RST may have ended that early/);
  });

  it('say it from what the server knows, where those states were over between two readings', () => {
    const seen = pair(['ESTABLISHED', 'CLOSED']);
    assert.match(closeDirection(closedBy('client', 'FIN'), seen), /^The client sent its FIN/);
    assert.match(closeDirection(closedBy('client', 'RST'), seen), /^An RST ended it/);
    assert.match(closeDirection(closedBy('server', 'send timeout'), seen), /^An RST ended it/);
    assert.match(closeDirection(closedBy('server', 'idle timeout'), seen), /^The server sent its FIN/);
    assert.match(closeDirection(closedBy('server', 'FIN'), seen), /no TIME_WAIT was seen on this side/);
    assert.equal(closeDirection(closedBy('open', ''), pair(['ESTABLISHED'])), '');
  });

  it('tell of the queues, without the FIN that counts as a byte', () => {
    const waits = queueSentences(pair(['ESTABLISHED'], { unacknowledged: 12_288, unread: 5 }));
    assert.equal(waits.length, 2);
    assert.match(waits[0] ?? '', /^12 KB that the client has not acknowledged/);
    assert.match(waits[1] ?? '', /^5 B that the server has not read/);
    assert.deepEqual(queueSentences(pair(['ESTABLISHED'])), []);
    assert.deepEqual(queueSentences(pair(['FIN_WAIT1'], { unacknowledged: 1 })), []);
    assert.deepEqual(queueSentences(pair(['CLOSE_WAIT'], { unread: 1 })), []);
    assert.match(queueSentences(pair(['LAST_ACK'], { unacknowledged: 11 }))[0] ?? '', /^10 B/);
  });

  describe('who waits to be accepted', () => {
    const view = (at: number, depth: number, pulse?: KernelView['pulse']): KernelView => ({
      absent: '',
      at,
      pauseMs: 200,
      pairs: [],
      acceptQueue: { depth, limit: 128 },
      pulse,
    });
    const lags = (...values: [number, number][]): Series => {
      const series = new Series(64);
      for (const [at, lag] of values) series.add(at, lag);
      return series;
    };

    it('is named while it lasts, with what the server thread is known to do', () => {
      const kernel = new KernelHistory();
      kernel.append(view(2000, 3, { at: 800, lag: 1200, answered: false }));
      assert.equal(
        acceptQueueAlert(kernel),
        '3 connections wait in the kernel’s accept queue: the server thread has been busy for 1.20 s',
      );
      kernel.append(view(2200, 1, { at: 2190, lag: 0.1, answered: true }));
      assert.equal(acceptQueueAlert(kernel), '1 connection waits in the kernel’s accept queue');
      kernel.append(view(2400, 0));
      assert.equal(acceptQueueAlert(kernel), '');
    });

    it('is named afterwards with the lag of that time, and with no other', () => {
      const kernel = new KernelHistory();
      assert.equal(acceptQueueSentence(kernel, lags()), '');
      kernel.append(view(2000, 3));
      kernel.append(view(2400, 0));
      assert.equal(
        acceptQueueSentence(kernel, lags([100, 900], [800, 1250], [1990, 1], [2100, 5000])),
        '3 connections waited in the kernel’s accept queue at 2.000 s: the server thread was busy for 1.25 s.',
      );
      assert.equal(
        acceptQueueSentence(kernel, lags([100, 900], [2100, 5000])),
        '3 connections waited in the kernel’s accept queue at 2.000 s.',
      );
    });
  });
});
