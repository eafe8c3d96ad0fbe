import type { ExchangeRow } from './columns';
import type { ExchangeDetail, WireBytes } from './detail';

/** An exchange as it went over the wire, as far as it is kept. */
export interface RawExchange {
  /** Line ends that came before the request are left out, as HTTP leaves them out. */
  readonly received: WireBytes;
  /** What was handed to the kernel for the client. */
  readonly sent: WireBytes;
}

/** @param body of the response, as sent; undefined where it had none, or it is forgotten */
export function rawOf(
  detail: ExchangeDetail,
  body: WireBytes | undefined,
  { bytesIn, bytesOut }: Pick<ExchangeRow, 'bytesIn' | 'bytesOut'>,
): RawExchange {
  const continued = detail.marks.some(({ name }) => name === '100 Continue') ? continueText : '';
  const head = continued + withEnd(detail.responseHead);
  return {
    received:
      detail.requestHead === ''
        ? message(detail.brokenHead ?? '', undefined, bytesIn)
        : // More may have arrived: it is the next request.
          message(withEnd(detail.requestHead), detail.requestBody, 0),
    sent: message(head, body, bytesOut),
  };
}

/** @param size bytes that there were in all, where that is known otherwise */
function message(head: string, body: WireBytes | undefined, size: number): WireBytes {
  const bytes = new Uint8Array(head.length + (body?.bytes.length ?? 0));
  for (let at = 0; at < head.length; at++) bytes[at] = head.charCodeAt(at);
  if (body) bytes.set(body.bytes, head.length);
  const whole = head.length + (body?.size ?? 0);
  return {
    bytes,
    truncated: body ? body.truncated : size > bytes.length,
    size: Math.max(whole, size),
  };
}

function withEnd(head: string): string {
  return head === '' ? '' : `${head}\r\n\r\n`;
}

const continueText = 'HTTP/1.1 100 Continue\r\n\r\n';
