import { extentNote } from './bodyExtent';
import { latin1Of, utf8Of } from './copyAs/bytes';
import { maskedHead, readHead } from './heads';
import type { MessageBody } from './messages';

/** A part of an exchange as a document, with what its reader has to know; or why there is none. */
export type OpenedPart =
  { readonly content: string; readonly language: string; readonly note: string } | { readonly unable: string };

/**
 * @param head as received or sent; empty where there is none
 * @param revealed positions of the fields whose secrets may be seen
 */
export function openedHead(head: string, message: 'request' | 'response', revealed: readonly number[]): OpenedPart {
  if (head === '') return { unable: message === 'request' ? 'No complete head arrived.' : 'No response was sent.' };
  const masked = readHead(head).fields.some(({ secret }, index) => secret && !revealed.includes(index));
  return {
    content: maskedHead(head, revealed),
    language: 'plaintext',
    note: masked ? 'Secrets are masked. Reveal them in the inspector and open it again to see them.' : '',
  };
}

/** @param head of the same message: it names the type */
export function openedBody(head: string, message: 'request' | 'response', body: MessageBody | undefined): OpenedPart {
  const there = presentBody(message, body);
  if ('unable' in there) return there;
  const { content, charset } = typeOf(head);
  const bytes = latin1Of(there.bytes);
  const text = there.undecodable !== undefined ? undefined : charset === 'latin1' ? bytes : utf8Of(bytes);
  if (text === undefined || /\p{Cc}/u.test(text.replace(/[\t\n\f\r]/g, ''))) {
    return { unable: 'The body is not text. Save it instead.' };
  }
  return { content: text, language: languageOf(content), note: extentNote(there) };
}

/** The body, or why there is nothing of it to open or to save. */
export function presentBody(
  message: 'request' | 'response',
  body: MessageBody | undefined,
): MessageBody | { readonly unable: string } {
  if (!body) return { unable: `The body of the ${message} is forgotten: the server holds the newest only.` };
  if (body.bytes.length > 0) return body;
  return { unable: body.truncated ? 'Nothing of the body was kept.' : `The ${message} has no body.` };
}

function typeOf(head: string): { content: string; charset: 'latin1' | 'utf-8' } {
  const type = readHead(head).fields.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? '';
  const latin1 = /;\s*charset\s*=\s*"?(?:iso-8859-1|latin-?1)"?\s*(?:;|$)/i.test(type);
  return { content: type, charset: latin1 ? 'latin1' : 'utf-8' };
}

/** The editor's name for what a media type says; structured suffixes count (RFC 6839). */
function languageOf(mediaType: string): string {
  const name = /^[^;\s]*/.exec(mediaType.toLowerCase())?.[0] ?? '';
  return /(?:\/|\+)(?:x-)?(json|xml|html|javascript|css)$/.exec(name)?.[1] ?? 'plaintext';
}
