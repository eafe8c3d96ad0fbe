import assert from 'node:assert/strict';
import { actionOf, keyBindings } from '../../../media/timeline/keys';

const plain = { ctrlKey: false, metaKey: false, altKey: false };

describe('actionOf', () => {
  it('knows every key of the table, in either case, and leaves chords to VS Code', () => {
    for (const { action, keys } of keyBindings) {
      for (const key of keys) {
        assert.equal(actionOf({ ...plain, key }), action, key);
        if (key.length === 1) assert.equal(actionOf({ ...plain, key: key.toUpperCase() }), action, key);
        assert.equal(actionOf({ ...plain, key, ctrlKey: true }), undefined, `ctrl+${key}`);
      }
    }
    assert.equal(actionOf({ ...plain, key: 'q' }), undefined);
  });

  it('gives no key two meanings', () => {
    const keys = keyBindings.flatMap((binding) => binding.keys);
    assert.equal(new Set(keys).size, keys.length);
  });
});
