import { assertNever } from '../assertNever';
import { utf8Of } from './copyAs/bytes';
import { requestBodyOf } from './copyAs/request';
import type { ExchangeDetail } from './detail';
import { maskedHead, readHead } from './heads';
import type { ExchangePart } from './messages';

/** A part of an exchange as a document, with what its reader has to know; or why there is none. */
export type OpenedPart =
  { readonly content: string; readonly language: string; readonly note: string } | { readonly unable: string };

/** @param revealed positions of the fields whose secrets may be seen */
export function openedPart(
  detail: Pick<ExchangeDetail, 'requestHead' | 'requestBody' | 'responseHead'>,
  part: ExchangePart,
  revealed: readonly number[],
): OpenedPart {
  switch (part) {
    case 'requestHead':
    case 'responseHead': {
      const head = detail[part];
      if (head === '')
        return { unable: part === 'requestHead' ? 'No complete head arrived.' : 'No response was sent.' };
      const masked = readHead(head).fields.some(({ secret }, index) => secret && !revealed.includes(index));
      return {
        content: maskedHead(head, revealed),
        language: 'plaintext',
        note: masked ? 'Secrets are masked. Reveal them in the inspector and open it again to see them.' : '',
      };
    }
    case 'requestBody': {
      const { content, cut } = requestBodyOf(detail);
      if (content === '') return { unable: cut ? 'Nothing of the body was kept.' : 'The request has no body.' };
      const text = utf8Of(content);
      if (text === undefined || /\p{Cc}/u.test(text.replace(/[\t\n\f\r]/g, ''))) {
        return { unable: 'The body is not text. Save it instead.' };
      }
      const type = readHead(detail.requestHead).fields.find(({ name }) => name.toLowerCase() === 'content-type')?.value;
      return {
        content: text,
        language: languageOf(type ?? ''),
        note: cut ? 'The body was longer: this is what was kept of it.' : '',
      };
    }
    default:
      return assertNever(part);
  }
}

/** The editor's name for what a media type says; structured suffixes count (RFC 6839). */
function languageOf(mediaType: string): string {
  const name = /^[^;\s]*/.exec(mediaType.toLowerCase())?.[0] ?? '';
  return /(?:\/|\+)(?:x-)?(json|xml|html|javascript|css)$/.exec(name)?.[1] ?? 'plaintext';
}
