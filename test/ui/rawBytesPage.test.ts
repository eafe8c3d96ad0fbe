import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { assertEventually, openPages } from './openPage';

describe('The raw bytes of a request', function () {
  this.timeout(60_000);
  const on = openPages();
  const parts = (direction = 'received'): Locator =>
    on.inspector.getByRole('listbox', { name: `Parts of what was ${direction}` });
  const part = (name: string | RegExp): Locator => parts().getByRole('option', { name }).first();
  const dump = (name = 'Received'): Locator => on.inspector.getByRole('region', { name: `${name}: bytes` });
  /** The bytes that are lit, in hex or as text. */
  const lit = async (column: 'hex' | 'text'): Promise<string> =>
    (await dump().locator(`.${column} .lit`).allTextContents()).join('').trim();

  async function open(query: string, target: string): Promise<void> {
    await on.open(query);
    await on.select(target);
    await on.inspector.getByRole('tab', { name: 'Raw bytes' }).click();
    await parts().waitFor();
  }

  it('light up where the pointer is on a part, and the part where it is on its bytes', async () => {
    await open('scenario=mixed', '/report');
    await part('Method: POST, 4 bytes at 0 (0x0)').hover();
    assert.deepEqual([await lit('hex'), await lit('text')], ['50 4f 53 54', 'POST']);
    await on.inspector.getByRole('link', { name: 'RFC 9110, 9. Methods' }).waitFor();
    await dump().locator('.text .piece', { hasText: /^\/re/ }).hover();
    assert.match((await part('Request target').getAttribute('class')) ?? '', /\blit\b/);
    assert.equal(await lit('hex'), '2f 72 65 70 6f 72 74');
    await dump().locator('.text .piece', { hasText: /^←/ }).first().hover();
    await on.inspector.getByText('Line end').waitFor();
  });

  it('are walked over by keys alone, and come into view', async () => {
    await open('scenario=mixed', '/report');
    await parts().focus();
    const active = async (): Promise<string> => {
      const id = (await parts().getAttribute('aria-activedescendant')) ?? '';
      return (await parts().locator(`[id="${id}"]`).getAttribute('aria-label')) ?? '';
    };
    const walk: [string, RegExp][] = [
      ['ArrowRight', /^Method: POST/],
      ['ArrowRight', /^Request target: \/report/],
      ['ArrowDown', /^Field name: Host/],
      ['ArrowRight', /^Field value: 127\.0\.0\.1:8888, 14 bytes/],
      ['End', /^Empty line: end of the body/],
      ['ArrowUp', /^Trailer field name: Digest/],
      ['Home', /^Method: POST/],
    ];
    for (const [key, expected] of walk) {
      await on.page.keyboard.press(key);
      await assertEventually(async () => expected.test(await active()));
    }
    await part(/^Trailer field value/).click();
    await assertEventually(async () => (await lit('text')) === 'abc');
    await on.page.keyboard.press('Tab'); // to the link on what it is
    await dump().focus();
    await on.page.keyboard.press('ArrowLeft');
    await assertEventually(async () => (await lit('text')) === '·');
    await on.inspector.getByText('White space, not part of the value').waitFor();
    await on.page.keyboard.press('Escape');
    await assertEventually(async () => (await lit('text')) === '');
  });

  it('of chunks are told apart, and are shown for what they are', async () => {
    await open('scenario=mixed', '/report');
    await part('Chunk size: 1b (27 bytes)').waitFor();
    await part(/^Chunk data: , "note": "\\x1b\[31mred\\x1b\[0m\\x00\\xff"/).click();
    await on.inspector.getByText('RFC 9112, 7.1. Chunked Transfer Coding').waitFor();
    await part(/^Chunk data: \{"title": "Gr\\xc3\\xbc/).click();
    await on.inspector.getByText('"title": "Grüße"').waitFor();
    await parts().getByText(';part=2').waitFor({ state: 'detached' });
    await dump().locator('.text .piece', { hasText: /^;/ }).first().hover();
    await on.inspector.getByText('Chunk extension', { exact: true }).waitFor();
  });

  it('of secrets are masked until they are revealed, here and in the tab of the request', async () => {
    await open('scenario=mixed', '/report');
    const shown = async (): Promise<string> =>
      (await on.inspector.locator('lifeline-raw-bytes .scroller').allInnerTexts()).join('').replace(/\s+/g, '');
    assert.match(await shown(), /Authorization:••••••/);
    assert.doesNotMatch(await shown(), /s3cr3t|abc123/);
    await part('Field value: hidden').click();
    assert.doesNotMatch(await shown(), /s3cr3t|733363723374/);
    await on.page.keyboard.press('Enter');
    await part('Field value: Bearer s3cr3t-t0ken').waitFor();
    assert.match(await shown(), /733363723374/);
    assert.doesNotMatch(await shown(), /abc123/);
    await on.inspector.getByRole('tab', { name: 'Request' }).click();
    await on.inspector.getByText('Bearer s3cr3t-t0ken').waitFor();
    await on.inspector.getByRole('tab', { name: 'Raw bytes' }).click();
    await on.inspector.getByRole('button', { name: 'Sent' }).click();
    await parts('sent').getByRole('option', { name: 'Status code: 201' }).waitFor();
    assert.doesNotMatch(await shown(), /abc123/);
  });

  it('of a request that was refused are there as they came', async () => {
    await open('scenario=mixed', 'request');
    await part('Method: GET').waitFor();
    await part(/^No field: not “name: value”: \\x1b\[31m\\xff\\x00/).click();
    assert.equal(await lit('hex'), '1b 5b 33 31 6d ff 00');
    assert.equal(await lit('text'), '.[31m..');
  });

  it('are many, of which those in view are rendered', async () => {
    await open('scenario=mixed&large', '/report');
    await on.inspector.getByText('The first 59 KB are kept.').waitFor();
    await parts().focus();
    await on.page.keyboard.press('End');
    await assertEventually(async () => (await parts().getByRole('option').count()) > 2);
    await on.inspector.getByText(/Chunk data/).waitFor();
    assert.ok((await parts().getByRole('option').count()) < 120);
    assert.ok((await dump().locator('.row').count()) < 80);
    await assertEventually(async () => (await lit('hex')) === '78');
  });

  it('find room in a narrow panel', async () => {
    await on.page.setViewportSize({ width: 420, height: 900 });
    await open('scenario=mixed', '/report');
    const box = await dump().boundingBox();
    const { row, scroller } = await dump().evaluate((element) => ({
      row: element.querySelector('.text')?.getBoundingClientRect().right ?? 0,
      scroller: element.getBoundingClientRect().right,
    }));
    assert.ok(box && box.width <= 420 && row <= scroller, 'no row is cut');
  });
});
