import { html, type TemplateResult } from 'lit';
import type { ConnectionRow, ExchangeRow } from '../../../src/core/trace/columns';
import type { ExchangeDetail } from '../../../src/core/trace/detail';
import type { HostFunctions } from '../../../src/core/trace/messages';
import type { Trace } from '../model/trace';
import type { Revealed, Revelation } from '../revealed';
import type { RequestAction } from './requestMenu';

/** The exchange that is looked at, with all that the inspector's tabs need to show it. */
export interface Inspected {
  readonly trace: Trace;
  readonly exchange: ExchangeRow;
  readonly connection: ConnectionRow | undefined;
  /** Undefined where it is not here. */
  readonly detail: ExchangeDetail | undefined;
  /** It is under way. */
  readonly loading: boolean;
  /** ms on the trace's clock */
  readonly now: number;
  readonly host: () => HostFunctions;
  readonly revealed: Revealed;
  readonly reveal: (revelation: Revelation) => void;
  readonly act: (action: RequestAction) => void;
}

/** Stands where cold data would. */
export function missing({ loading }: Inspected): TemplateResult {
  return html`<p class="dim">${loading ? 'Loading…' : 'Not kept: the server holds the newest requests only.'}</p>`;
}
