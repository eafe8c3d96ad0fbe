/**
 * What programs write for terminals: colours and styles (SGR of ECMA-48, 8.3.117) are left out, for they say nothing; any
 * other sequence stays, and its escape character is seen as a mark, for it could have moved or hidden what was written.
 */
const styles = new RegExp(`${String.fromCharCode(0x1b)}\\[[0-9;:]*m`, 'g');

export function withoutStyles(text: string): string {
  return text.replace(styles, '');
}
