/** How the media types of responses are called in the table, and found by the filter. */

/** What everybody says instead of the subtype. */
const usualNames = new Map([
  ['svg+xml', 'svg'],
  ['xhtml+xml', 'xhtml'],
  ['javascript', 'js'],
  ['ecmascript', 'js'],
  ['www-form-urlencoded', 'form'],
  ['microsoft.icon', 'ico'],
  ['icon', 'ico'],
]);

/**
 * "json" for application/json and for application/problem+json, "js", "svg", "woff2": the subtype, or the syntax that it
 * builds on (RFC 6838 section 4.2.8). What is no media type stays as it is.
 */
export function mediaTypeName(type: string): string {
  const subtype = subtypeOf(type).replace(/^(?:x-|vnd\.)/, '');
  const syntax = /\+([^+]+)$/.exec(subtype)?.[1];
  return (usualNames.get(subtype) ?? syntax ?? subtype) || type;
}

/** "image", "text", "application"; "font" for what fonts were called before they had a kind of their own (RFC 8081), too. */
export function mediaKind(type: string): string {
  const kind = type.slice(0, Math.max(0, type.indexOf('/')));
  return kind === 'application' && subtypeOf(type).includes('font') ? 'font' : kind;
}

/** Stands for the lack of a type. */
export const noMediaType = 'none';

/**
 * Whether a type is meant by "json", its name; by "xml", its syntax, beside the name; by "image", its kind; or by "text/html",
 * the whole or how it begins.
 *
 * @param wanted in small letters
 */
export function isMediaType(type: string, wanted: string): boolean {
  if (type === '') return wanted === noMediaType;
  if (wanted.includes('/')) return type.startsWith(wanted);
  const subtype = subtypeOf(type);
  return [mediaTypeName(type), mediaKind(type), subtype].includes(wanted) || subtype.endsWith(`+${wanted}`);
}

function subtypeOf(type: string): string {
  return type.slice(type.indexOf('/') + 1);
}
