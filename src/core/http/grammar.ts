/**
 * The grammar of HTTP/1.1, each pattern under the ABNF that it implements (RFC 9110, 9112, 3986, 5234).
 * Text is latin-1: one character a byte. Nothing else in the project knows what a token looks like.
 *
 * What follows a repetition begins with a character that the repetition does not take: so there is one way to match, and
 * a line of any length takes time in proportion to it. (A search for white space at the end of a text does not: it tries
 * each place in a run of white space, up to the run's end.)
 */

/**
 * request-line = method SP request-target SP HTTP-version (RFC 9112 section 3), without its CRLF.
 * method = token = 1*tchar (RFC 9110 section 5.6.2).
 * The target is any visible text here, bytes above 0x7F included, as curl sends what a person typed; its form is
 * checked by `targetOf`.
 */
export const requestLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) ([\x21-\x7e\x80-\xff]+) HTTP\/([0-9])\.([0-9])$/;

/**
 * field-line = field-name ":" OWS field-value OWS (RFC 9112 section 5), without its CRLF
 * field-value = *field-content; field-vchar = VCHAR / obs-text (RFC 9110 section 5.5)
 * No white space before the colon, no obs-fold, no CR, LF or NUL: RFC 9112 sections 5.1, 5.2 and 2.2.
 */
export const fieldLine =
  /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*(?:([\x21-\x7e\x80-\xff]+(?:[ \t]+[\x21-\x7e\x80-\xff]+)*)[ \t]*)?$/;

/** Content-Length = 1*DIGIT (RFC 9110 section 8.6): no sign, no list, no white space inside. */
export const contentLength = /^[0-9]+$/;

/** chunk-size = 1*HEXDIG (RFC 9112 section 7.1), then chunk-ext or the end of the line. */
export const chunkSize = /^([0-9A-Fa-f]+)(?:[ \t]*;[\t\x20-\x7e\x80-\xff]*)?$/;

/**
 * Host = uri-host [ ":" port ] (RFC 9110 section 7.2); uri-host = IP-literal / reg-name (RFC 3986 section 3.2.2).
 * It may be empty (RFC 9112 section 3.2).
 */
export const host = /^(?:\[[0-9A-Fa-f:.]+\]|(?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)(?::[0-9]*)?$/;

/**
 * absolute-form = absolute-URI (RFC 9112 section 3.2.2), of the one scheme that this server speaks. The authority has a
 * host (RFC 9110 section 4.2.1) and no userinfo (section 4.2.4): it goes up to the path, the query or the end.
 */
export const absoluteForm = /^http:\/\/([^/?#@:][^/?#@]*)((?:[/?][^#]*)?)$/i;

/** origin-form = absolute-path [ "?" query ] (RFC 9112 section 3.2.1): no fragment. */
export const originForm = /^\/[^#]*$/;

/** The elements of a comma-separated list (RFC 9110 section 5.6.1), in lower case, empty ones left out. */
export function listElements(value: string): string[] {
  return value
    .toLowerCase()
    .split(',')
    .map((element) => /[^ \t](?:[^]*[^ \t])?/.exec(element)?.[0] ?? '')
    .filter((element) => element !== '');
}
