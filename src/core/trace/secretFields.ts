/**
 * What lets its reader act as somebody else: header fields, and whatever else has a name that says so. It is masked wherever
 * a trace is shown, copied or saved, until the user reveals it.
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

/** Short words count only where they stand alone: "pin", not "shopping". */
const secretWords =
  /pass(?:word|wd|phrase|code)|secret|token|csrf|xsrf|(?:api|access|private|secret|signing)[-_]?key|session[-_]?(?:id|key)|card[-_]?number|(?:^|[^a-z])(?:pass|pwd|pin|otp|cvc|cvv|sid|jwt|authorization|credentials?)(?:$|[^a-z])/i;

/** Of fields and headers that speak about secrets and are none. */
const aboutSecrets = /^(?:access-control-|sec-|www-|proxy-authenticate)/i;

/** @param name of a header field in any case, as on the wire */
export function isSecretField(name: string): boolean {
  return secretFields.has(name.toLowerCase()) || isSecretName(name);
}

/** @param name of anything: a field of a form, a member of a JSON object, a header field */
export function isSecretName(name: string): boolean {
  return secretWords.test(name) && !aboutSecrets.test(name);
}
