import { mediaTypeOf, type MediaType } from './mediaType';
import { looksLikeText } from './visibleText';

/** The forms in which a body can be looked at, with their names. */
export const bodyForms = { json: 'Tree', form: 'Form', image: 'Image', text: 'Text', hex: 'Hex' } as const;

export type BodyForm = keyof typeof bodyForms;

/** What browsers show as images, SVG among them: as an image it is drawn, and nothing in it runs. */
const images = /^image\/(?:png|apng|jpeg|gif|webp|avif|bmp|svg\+xml|x-icon|vnd\.microsoft\.icon)$/;
const texts =
  /^text\/|^(?:application|image)\/(?:.*[+/])?(?:x-)?(?:xml|javascript|ecmascript|yaml|toml|sql|graphql|ndjson)$/;

/**
 * The forms that fit a body, the best first. Its type decides; where it says nothing, what the bytes look like.
 *
 * @param contentType the field's value; empty where there is none
 * @param truncated these are not all bytes
 */
export function formsFor(contentType: string, bytes: Uint8Array, truncated: boolean): [BodyForm, ...BodyForm[]] {
  const media = mediaTypeOf(contentType);
  if (isJson(media)) return ['json', 'text', 'hex'];
  if (isForm(media)) return ['form', 'text', 'hex'];
  if (images.test(media.type)) return media.type === 'image/svg+xml' ? ['image', 'text', 'hex'] : ['image', 'hex'];
  if (texts.test(media.type)) return ['text', 'hex'];
  if (!looksLikeText(bytes, truncated)) return ['hex', 'text'];
  const structured = media.type === '' && /^[ \t\r\n]*[[{]/.test(String.fromCharCode(...bytes.subarray(0, 64)));
  return structured ? ['json', 'text', 'hex'] : ['text', 'hex'];
}

function isJson({ type }: MediaType): boolean {
  return /^(?:application|text)\/(?:.*\+)?json$/.test(type);
}

function isForm({ type, parameters }: MediaType): boolean {
  return (
    type === 'application/x-www-form-urlencoded' ||
    (type === 'multipart/form-data' && parameters.get('boundary') !== undefined)
  );
}
