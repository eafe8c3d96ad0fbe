import { assertNever } from '../../../src/core/assertNever';
import type { HostFunctions } from '../../../src/core/trace/messages';
import type { Revealed } from '../revealed';
import type { HostAction, RequestAction } from './requestMenu';

/** An action that was chosen for a request, with what is revealed of its secrets. */
export interface ChosenAction<Action = RequestAction> {
  readonly action: Action;
  readonly exchange: number;
  readonly revealed: Revealed;
}

/** Has the host do it. Answers with what to say of it. */
export async function carryOut(chosen: ChosenAction<HostAction>, host: HostFunctions): Promise<string> {
  const { action, exchange, revealed } = chosen;
  switch (action.kind) {
    case 'copyAs':
      return host.copyAs(exchange, action.form, revealed.requestHead ?? []);
    case 'open':
      return host.open(exchange, action.part, revealed[action.part] ?? []);
    case 'saveBody':
      return host.saveBody(exchange, action.message);
    case 'openSource':
      await host.openSource(action.file, action.line);
      return '';
    default:
      return assertNever(action);
  }
}
