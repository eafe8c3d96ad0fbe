import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { commands, extensions } from 'vscode';
import { api, extensionId } from './lifeline';
import { report } from './output';

// The first file in the alphabet: it must be the first to touch the extension.
describe('Activation', () => {
  it('costs an editor nothing before the extension is needed, and less than 50 ms then', async () => {
    const extension = extensions.getExtension(extensionId);
    assert.ok(extension);
    assert.equal(extension.isActive, false, 'no Python file is open, and no command was run');
    // The window's other extensions are starting as well: let them.
    await sleep(3000);
    const wall = performance.now();
    const before = process.cpuUsage();
    await extension.activate();
    const { user, system } = process.cpuUsage(before);
    const took = performance.now() - wall;
    const worked = (user + system) / 1000;
    report(`activated in ${took.toFixed(1)} ms, with ${worked.toFixed(1)} ms of processor time`);
    // The processor's time, since the wall's depends on what else the machine does.
    assert.ok(worked < 50, `${worked} ms of processor time`);
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
    // The editor itself adds some for each view: to focus it, to move it.
    const registered = (await commands.getCommands(true))
      .filter((id) => id.startsWith('lifeline.') && !/^lifeline\.(?:connections|timelineView)\./.test(id))
      .sort();
    assert.deepEqual(registered, declared);
  });
});
