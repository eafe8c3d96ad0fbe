import { exchangeFlags } from '../core/trace/columns';
import type { Finding } from '../core/trace/detail';
import type { ColdData } from './coldData';
import type { LiveExchange } from './recorder';

/**
 * What the server itself sees of an exchange that is against the rules. What the app does wrong under the eyes of the
 * bridge comes from there: see `lifeline_bridge/rules.py`.
 */
const rules = {
  'bad-status': { level: 'error', reference: 'RFC 9110, 15. Status Codes' },
  'body-too-short': { level: 'error', reference: 'PEP 3333, Handling the Content-Length Header' },
  'body-too-long': { level: 'warning', reference: 'PEP 3333, Handling the Content-Length Header' },
  'body-not-allowed': { level: 'warning', reference: 'RFC 9110, 6.4.1. Content Semantics' },
  'header-dropped': { level: 'warning', reference: 'RFC 3875, 4.1.18. Protocol-Specific Meta-Variables' },
} as const satisfies Readonly<Record<string, Pick<Finding, 'level' | 'reference'>>>;

export function finding(at: number, code: keyof typeof rules, message: string): Finding {
  const { level, reference } = rules[code];
  return { at, level, code, message, reference };
}

export function headerDropped(at: number, name: string): Finding {
  const message = `The request header “${name}” is not passed to the app: with its underscore it could pose as another field. Send it with a hyphen.`;
  return finding(at, 'header-dropped', message);
}

/** Keeps a finding with its exchange, which the picture marks where it is more than a hint. */
export function keepFinding(row: LiveExchange, cold: ColdData, found: Finding): void {
  cold.find(found);
  if (found.level !== 'info') row.flags |= exchangeFlags.found;
}
