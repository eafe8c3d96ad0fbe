import assert from 'node:assert/strict';
import { situationOf, type Situation } from '../../../../media/timeline/model/situation';
import type { ServerState } from '../../../../src/core/trace/messages';
import { stoppedServer as stopped } from '../../../support/stoppedServer';

describe('situationOf', () => {
  const cases: [Situation, ServerState | undefined, boolean][] = [
    ['connecting', undefined, false],
    ['stopped', stopped, false],
    ['noApp', { ...stopped, app: '' }, false],
    ['restricted', { ...stopped, restricted: true, app: '' }, false],
    ['starting', { ...stopped, status: 'starting' }, false],
    ['failed', { ...stopped, status: 'failed', problem: 'No python.' }, false],
    ['failed', { ...stopped, status: 'running', problem: 'The app cannot be imported.' }, false],
    ['waiting', { ...stopped, status: 'running' }, false],
    ['data', stopped, true],
    ['data', { ...stopped, status: 'failed' }, true],
  ];
  for (const [situation, server, hasData] of cases) {
    it(`is ${situation} with ${server?.status ?? 'no state'}${hasData ? ' and data' : ''}`, () =>
      assert.equal(situationOf(server, hasData), situation));
  }
});
