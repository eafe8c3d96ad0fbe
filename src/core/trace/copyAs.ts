import { assertNever } from '../assertNever';
import { cmd } from './copyAs/cmd';
import { curlCall } from './copyAs/curl';
import { fetchCall } from './copyAs/fetch';
import { posixShell } from './copyAs/posixShell';
import { powerShell } from './copyAs/powerShell';
import { pythonRequests } from './copyAs/python';
import { copiedRequest } from './copyAs/request';
import type { ExchangeDetail } from './detail';

/** The forms in which a request can be copied to send it again, in the order in which they are offered. */
export const copyForms = {
  posix: 'cURL (POSIX shell)',
  cmd: 'cURL (cmd)',
  powershell: 'cURL (PowerShell)',
  python: 'Python requests',
  fetch: 'fetch',
} as const;

export type CopyForm = keyof typeof copyForms;

/** The text with what its reader has to know of it, or why there is none. */
export type Copied = { readonly text: string; readonly notes: readonly string[] } | { readonly unable: string };

/**
 * What clients send decides nothing here but the text inside of quotes: each form follows the written rules of its language.
 *
 * @param local "address:port" of the server's end
 * @param revealed positions of the fields whose secrets may be seen
 */
export function copyAs(
  form: CopyForm,
  detail: Pick<ExchangeDetail, 'requestHead' | 'requestBody'> | undefined,
  local: string,
  revealed: readonly number[],
): Copied {
  if (!detail) return { unable: 'Not kept: the server holds the newest requests only.' };
  const request = copiedRequest(detail, local, revealed);
  if (!request) return { unable: 'No complete and sound request head arrived.' };
  const { notes } = request;
  if (form === 'python' || form === 'fetch') {
    return { notes, ...(form === 'python' ? pythonRequests(request) : fetchCall(request)) };
  }
  const call = curlCall(request);
  if (typeof call === 'string') return { unable: call };
  switch (form) {
    case 'posix':
      return { notes, text: posixShell(call) };
    case 'cmd':
      return { notes, ...cmd(call) };
    case 'powershell':
      return { notes, text: powerShell(call) };
    default:
      return assertNever(form);
  }
}
