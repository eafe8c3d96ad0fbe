/**
 * The one error of HTTP and of what stands behind it: what is answered, a stable code, and whose fault it is.
 * It becomes a response in exactly one place (`server/errorPage.ts`).
 */
export class HttpError extends Error {
  override readonly name = 'HttpError';

  /**
   * @param status status code of the answer, e.g. 400
   * @param code stable and readable, e.g. "bad-request-line"
   * @param fault who has to mend it
   * @param message one sentence for a person
   */
  constructor(
    readonly status: number,
    readonly code: string,
    readonly fault: 'peer' | 'app' | 'server',
    message: string,
  ) {
    super(message);
  }
}

/** The peer sent what HTTP does not allow. */
export function refusal(status: number, code: string, message: string): HttpError {
  return new HttpError(status, code, 'peer', message);
}
