import assert from 'node:assert/strict';
import { departureSentence } from '../../../src/core/trace/departure';
import { closers, closings, outcomes, type Closer, type Closing, type Outcome } from '../../../src/core/trace/columns';
import { connectionRow, exchangeRow } from './traceRows';

interface Case {
  readonly closing: number;
  readonly by?: Closer;
  readonly how?: Closing;
  readonly outcome?: Outcome;
  readonly appStart?: number;
  readonly appEnd?: number;
  readonly end?: number;
}

/** An exchange that begins at 10 s, whose app call lasts from +100 ms to +5.4 s. Instants are offsets to its start. */
function sentence(told: Case): string {
  const { closing, by = 'client', how = 'FIN', outcome = 'complete' } = told;
  const { appStart = 100, appEnd = 5400, end = 5500 } = told;
  const exchange = exchangeRow({ start: 10_000, appStart, appEnd, end, outcome: outcomes.indexOf(outcome) });
  const connection = connectionRow({
    closing: 10_000 + closing,
    closedBy: closers.indexOf(by),
    how: closings.indexOf(how),
  });
  return departureSentence(exchange, connection, 13_000);
}

describe('who left when', () => {
  it('is told where the client leaves while the app runs', () => {
    assert.equal(
      sentence({ closing: 1200, how: 'RST', outcome: 'client left' }),
      'The client sent RST at +1.20 s; the app ran on for 4.20 s.',
    );
    assert.equal(
      sentence({ closing: 1200 }),
      'The client sent FIN at +1.20 s; the app ran on for 4.20 s. The response was sent all the same: it may still read.',
    );
  });

  it('is told while the app still runs', () => {
    const running = { appEnd: NaN, end: NaN, outcome: 'in progress' } as const;
    assert.equal(
      sentence({ closing: 1200, ...running }),
      'The client sent FIN at +1.20 s; the app runs on, for 1.80 s so far.',
    );
    assert.equal(
      sentence({ closing: 50, ...running }),
      'The client sent FIN at +50.0 ms; the app was called all the same.',
    );
  });

  it('is told of a call that never came back', () => {
    assert.equal(
      sentence({ closing: 1200, how: 'RST', appEnd: NaN, outcome: 'client left' }),
      'The client sent RST at +1.20 s; the app ran on for 4.30 s.',
    );
  });

  it('is told where the client leaves before the app is called', () => {
    assert.match(sentence({ closing: 50 }), /FIN at \+50\.0 ms, before the app was called; the call took 5\.30 s\./);
    assert.equal(
      sentence({ closing: 1200, how: 'RST', outcome: 'client left', appStart: NaN, appEnd: NaN, end: 1200 }),
      'The client sent RST at +1.20 s, before the app was called.',
    );
  });

  it('is told where the client leaves while the response is sent', () => {
    assert.equal(
      sentence({ closing: 5450, how: 'RST', outcome: 'client left' }),
      'The client sent RST at +5.45 s, before it had all of the response.',
    );
  });

  it('is nothing to tell where all was done, or the server closed', () => {
    assert.equal(sentence({ closing: 5450 }), '');
    assert.equal(sentence({ closing: 9000 }), '');
    assert.equal(sentence({ closing: NaN, by: 'open', how: '' }), '');
    assert.equal(sentence({ closing: 1200, by: 'server', how: 'send timeout', outcome: 'send timeout' }), '');
    assert.equal(sentence({ closing: 1200, by: 'server' }), '');
    assert.equal(departureSentence(exchangeRow({ start: 1, appStart: 1 }), undefined, 9), '');
  });
});
