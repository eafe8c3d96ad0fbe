import { hasDotSegments, type CopiedRequest } from './request';

/** An option of curl as its manual names it, without the dashes, with its value as bytes. */
export interface CurlOption {
  readonly name: string;
  readonly value?: string;
}

/** What curl is told, whatever the shell: but for the body, which each shell gives in its own way. */
export interface CurlCall {
  readonly url: string;
  readonly options: readonly CurlOption[];
  readonly body: string | undefined;
  readonly notes: readonly string[];
}

/** @returns why curl cannot send it, where it cannot */
export function curlCall(request: CopiedRequest): CurlCall | string {
  const { method, authority, target, fields, body, notes } = request;
  if (method === 'HEAD' && body !== undefined) return 'curl cannot send a HEAD request with a body.';
  // Beyond ASCII curl escapes what it takes for a path; a request target it sends as it is.
  const plainTarget = /^\/[\x21\x22\x24-\x7e]*$/.test(target);
  const options: CurlOption[] = [];
  if (method === 'HEAD') options.push({ name: 'head' });
  else if (method !== (body === undefined ? 'GET' : 'POST')) options.push({ name: 'request', value: method });
  if (!plainTarget) options.push({ name: 'request-target', value: target });
  // Else curl takes them for several URLs, or resolves "." and "..".
  if (/[[\]{}]/.test(target) || authority.startsWith('[')) options.push({ name: 'globoff' });
  if (hasDotSegments(request)) options.push({ name: 'path-as-is' });
  if (request.old) options.push({ name: 'http1.0' });
  for (const { name, value } of fields) {
    // "Name;" sends a field without a value, "Name:" would take it away.
    options.push({ name: 'header', value: value === '' ? `${name};` : `${name}: ${value}` });
  }
  const sent = new Set(fields.map(({ name }) => name.toLowerCase()));
  const own = ['User-Agent', 'Accept', ...(body === undefined ? [] : ['Content-Type'])];
  for (const name of own) if (!sent.has(name.toLowerCase())) options.push({ name: 'header', value: `${name}:` });
  if (request.compressed) options.push({ name: 'compressed' });
  return { url: `http://${authority}${plainTarget ? target : '/'}`, options, body, notes };
}
