/**
 * Sorting of very many rows, in steps: each function is a generator that yields wherever it may be left for a while.
 */

/** How many rows are worked on between two steps. */
const stride = 32_768;

/**
 * The positions 0, 1, … in the order of their keys; equal keys stay in their order.
 *
 * A radix sort over the bits of the numbers, 16 at a time, the lowest first: its time grows with the length alone, and
 * a digit that is the same in all of them costs one look.
 *
 * @param keys no NaN
 */
export function* sortedByNumber(keys: Float64Array): Generator<void, Uint32Array> {
  const { length } = keys;
  // A copy of the numbers, as pairs of words: the lower one comes first on every machine that there is a VS Code for.
  const words = new Uint32Array(Float64Array.from(keys, (key) => key + 0).buffer);
  for (let at = 0; at < length; at++) {
    // So that they compare as unsigned whole numbers: of a negative one all bits are turned, else the sign alone.
    const high = words[2 * at + 1] ?? 0;
    if (high >>> 31) {
      words[2 * at] = ~(words[2 * at] ?? 0);
      words[2 * at + 1] = ~high;
    } else {
      words[2 * at + 1] = high | 0x8000_0000;
    }
    if (at % stride === stride - 1) yield;
  }
  let from = Uint32Array.from({ length }, (_, at) => at);
  let to = new Uint32Array(length);
  const counts = new Uint32Array(65_536);
  for (let digit = 0; digit < 4; digit++) {
    const word = digit >> 1;
    const shift = (digit & 1) * 16;
    const digitOf = (at: number): number => ((words[2 * at + word] ?? 0) >>> shift) & 0xffff;
    counts.fill(0);
    for (let at = 0; at < length; at++) counts[digitOf(at)] = (counts[digitOf(at)] ?? 0) + 1;
    yield;
    if (length > 0 && counts[digitOf(0)] === length) continue;
    let start = 0;
    for (let value = 0; value < counts.length; value++) {
      const count = counts[value] ?? 0;
      counts[value] = start;
      start += count;
    }
    for (let index = 0; index < length; index++) {
      const at = from[index] ?? 0;
      const value = digitOf(at);
      const place = counts[value] ?? 0;
      to[place] = at;
      counts[value] = place + 1;
      if (index % stride === stride - 1) yield;
    }
    [from, to] = [to, from];
  }
  return from;
}

/**
 * The rank of each text among them all, beginning with 0; equal texts have the same one. Stretches are sorted and then
 * merged, so that no step takes long.
 */
export function* ranksOf(texts: readonly string[]): Generator<void, Float64Array> {
  const { length } = texts;
  let from = Uint32Array.from({ length }, (_, at) => at);
  const compare = (a: number, b: number): number => compareTexts(texts[a] ?? '', texts[b] ?? '');
  for (let start = 0; start < length; start += stretch) {
    from.subarray(start, start + stretch).sort(compare);
    yield;
  }
  let to = new Uint32Array(length);
  for (let width = stretch; width < length; width *= 2) {
    for (let start = 0; start < length; start += 2 * width) {
      const [middle, end] = [Math.min(length, start + width), Math.min(length, start + 2 * width)];
      let [left, right] = [start, middle];
      for (let place = start; place < end; place++) {
        const takesLeft = right >= end || (left < middle && compare(from[left] ?? 0, from[right] ?? 0) <= 0);
        to[place] = (takesLeft ? from[left++] : from[right++]) ?? 0;
        if (place % stretch === stretch - 1) yield;
      }
    }
    [from, to] = [to, from];
  }
  const ranks = new Float64Array(length);
  let rank = 0;
  for (let index = 0; index < length; index++) {
    const at = from[index] ?? 0;
    if (index > 0 && texts[from[index - 1] ?? 0] !== texts[at]) rank++;
    ranks[at] = rank;
    if (index % stride === stride - 1) yield;
  }
  return ranks;
}

const stretch = 4096;

/** By code units: the same everywhere, and fast. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
