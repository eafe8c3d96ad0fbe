import assert from 'node:assert/strict';
import { eventsOf } from './events';
import { wireCases } from './wireCases';

describe('wire cases', () => {
  for (const { title, bytes, fin, events } of wireCases()) {
    it(title, () => {
      assert.deepEqual(eventsOf([bytes], fin), events, 'whole');
      assert.deepEqual(eventsOf(byteByByte(bytes), fin), events, 'byte by byte');
      // Long cases are long because of a repeated byte: cuts near the ends and a few between tell enough.
      const step = bytes.length < 500 ? 1 : 997;
      for (let cut = 1; cut < bytes.length; cut += step) {
        assert.deepEqual(eventsOf([bytes.subarray(0, cut), bytes.subarray(cut)], fin), events, `cut at ${cut}`);
      }
    });
  }
});

function byteByByte(bytes: Uint8Array): Uint8Array[] {
  return Array.from(bytes, (_, index) => bytes.subarray(index, index + 1));
}
