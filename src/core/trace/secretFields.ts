/**
 * Header fields whose values let their reader act as somebody else. They are masked wherever a trace is shown, copied
 * or saved, until the user reveals them.
 */
const secretFields: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'proxy-authorization',
  'set-cookie',
  'x-api-key',
  'x-auth-token',
  'x-csrf-token',
  'x-csrftoken',
]);

/** @param name in any case, as on the wire */
export function isSecretField(name: string): boolean {
  return secretFields.has(name.toLowerCase());
}
