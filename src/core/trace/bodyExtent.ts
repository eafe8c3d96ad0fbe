import { bytes as amount } from './amounts';
import type { MessageBody } from './messages';

/** "the first 64 KB of 3.1 MB": what is kept of a body; undefined where nothing of it was left out. */
export function keptPart({ kept, size }: Pick<MessageBody, 'kept' | 'size'>): string | undefined {
  return kept < size ? `the first ${amount(kept)} of ${amount(size)}` : undefined;
}

/** Why not all of a body is here, in a sentence; empty where all of it is. */
export function extentNote(body: MessageBody): string {
  const { bytes, truncated, size, announced, decoded } = body;
  const part = keptPart(body);
  if (part !== undefined) {
    return decoded === ''
      ? `Only ${part} are kept.`
      : `Only ${part} of ${decoded} are kept: decoded, ${amount(bytes.length)}.`;
  }
  if (!truncated) return '';
  if (announced !== undefined && announced > size) {
    return `It did not come whole: ${amount(size)} of ${amount(announced)}.`;
  }
  return decoded === ''
    ? 'It did not come whole: this is what came.'
    : `This is what could be decoded: ${amount(bytes.length)} from ${amount(size)} of ${decoded}.`;
}
