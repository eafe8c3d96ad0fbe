import { assertNever } from '../../../src/core/assertNever';
import { copiedRow } from '../../../src/core/trace/copiedRow';
import type { HostFunctions } from '../../../src/core/trace/messages';
import type { Trace } from '../model/trace';
import type { Revealed } from '../revealed';
import type { RequestAction } from './requestMenu';

/** An action that was chosen for a request, with what is revealed of its secrets. */
export interface ChosenAction {
  readonly action: RequestAction;
  readonly exchange: number;
  readonly revealed: Revealed;
}

/** Has the host do it. Answers with what to say of it. */
export async function carryOut(chosen: ChosenAction, host: HostFunctions, trace: Trace, now: number): Promise<string> {
  const { action, exchange, revealed } = chosen;
  switch (action.kind) {
    case 'copyAs':
      return host.copyAs(exchange, action.form, revealed.requestHead ?? []);
    case 'copyRow': {
      const row = trace.exchange(exchange);
      if (!row) throw new Error('The trace has forgotten this request.');
      await host.copy(copiedRow(row, trace.connection(row.connection), (id) => trace.store.text(id), now));
      return 'Copied the row.';
    }
    case 'open':
      return host.open(exchange, action.part, action.part === 'requestBody' ? [] : (revealed[action.part] ?? []));
    case 'saveBody':
      return host.saveBody(exchange);
    default:
      return assertNever(action);
  }
}
