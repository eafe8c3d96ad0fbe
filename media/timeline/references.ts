/**
 * The page where a rule stands: of "PEP 3333, The write() Callable", or of "RFC 9110, 8.6. Content-Length". Undefined for
 * what is neither.
 */
export function referenceUrl(reference: string): string | undefined {
  const [, kind, number = '', place = ''] = /^(PEP|RFC) (\d+), (.+)$/.exec(reference) ?? [];
  switch (kind) {
    case 'PEP':
      return `https://peps.python.org/pep-${number.padStart(4, '0')}/#${anchor(place)}`;
    case 'RFC': {
      const section = /^[\d.]*\d/.exec(place)?.[0];
      const page = `https://www.rfc-editor.org/rfc/rfc${number}.html`;
      return section === undefined ? page : `${page}#section-${section}`;
    }
    default:
      return undefined;
  }
}

/** As docutils makes it of a heading: "the-start-response-callable". */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
