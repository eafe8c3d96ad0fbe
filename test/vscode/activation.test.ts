import assert from 'node:assert/strict';
import { commands, extensions } from 'vscode';
import { api, extensionId } from './lifeline';
import { report } from './output';

// The first file in the alphabet: it must be the first to touch the extension.
describe('Activation', () => {
  it('costs an editor nothing before the extension is needed', async () => {
    const extension = extensions.getExtension(extensionId);
    assert.ok(extension);
    assert.equal(extension.isActive, false, 'no Python file is open, and no command was run');
    const before = performance.now();
    await extension.activate();
    const took = performance.now() - before;
    // The window is still starting: the figure is for the reader, and the test of the package has the bound.
    report(`activated in ${took.toFixed(1)} ms`);
    assert.equal(extension.isActive, true);
  });

  it('starts nothing by itself', async () => {
    const { state, trace } = await api();
    assert.equal(state.status, 'stopped');
    assert.equal(state.address, undefined);
    assert.equal(trace.exchanges.length, 0);
  });

  it('registers every command that it declares, and no other', async () => {
    const manifest = extensions.getExtension(extensionId)?.packageJSON as {
      readonly contributes: { readonly commands: readonly { readonly command: string }[] };
    };
    const declared = manifest.contributes.commands.map((each) => each.command).sort();
    const registered = (await commands.getCommands(true)).filter((id) => id.startsWith('lifeline.')).sort();
    assert.deepEqual(registered, declared);
  });
});
