/** A line of bytes as numbers and as text. */
export interface HexLine {
  /** Where it begins, "0001a0". */
  readonly offset: string;
  readonly numbers: string;
  /** What is no visible ASCII is a dot. */
  readonly text: string;
}

/** @param width bytes a line; there is a gap in the middle */
export function hexLines(bytes: Uint8Array, width: number): HexLine[] {
  const digits = Math.max(4, (bytes.length - 1).toString(16).length);
  const lines: HexLine[] = [];
  for (let at = 0; at < bytes.length; at += width) {
    const line = [...bytes.subarray(at, at + width)];
    const numbers = line.map((byte, index) => `${index === width / 2 ? ' ' : ''}${byte.toString(16).padStart(2, '0')}`);
    lines.push({
      offset: at.toString(16).padStart(digits, '0'),
      numbers: numbers.join(' ').padEnd(width * 3),
      text: line
        .map((byte) => (byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : byte === 0x20 ? ' ' : '.'))
        .join(''),
    });
  }
  return lines;
}
