import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { assertEventually, openPages } from './openPage';

/** What can be done with requests on the page: send them again as they were or edited, compare, pin, copy. */
describe('Acting on requests, on the timeline page', function () {
  this.timeout(60_000);
  const on = openPages();
  const heading = (): Locator => on.inspector.getByRole('heading').first();
  const menu = async (entry: string): Promise<void> => {
    await on.button('Request Actions').click();
    await on.page.getByRole('menuitem', { name: entry, exact: true }).click();
  };
  const form = (): Locator => on.page.getByRole('dialog', { name: 'Edit and Replay' });
  const sentBytes = async (): Promise<{ head: string; body: string }> => {
    const line = /^send (.*)$/m.exec(await on.asked())?.[1];
    assert.ok(line, 'nothing was sent');
    return JSON.parse(line) as { head: string; body: string };
  };

  describe('replay', () => {
    it('selects the new exchange, which says what it is a replay of, with a link there', async () => {
      await on.open('scenario=mixed');
      await on.select('/hello');
      const id = /#(\d+)/.exec((await on.inspector.getByText(/^#\d/).first().textContent()) ?? '')?.[1];
      assert.ok(id);
      await on.page.keyboard.press('s');
      await on.inspector.getByRole('heading', { name: 'GET /hello → 201' }).waitFor();
      await on.page.getByText(`is a replay of #${id}.`).waitFor();
      assert.equal(await on.asked(), `replay ${id}\n`);
      await on.inspector.getByText(`replay of #${id}`).waitFor();
      await on.inspector.getByRole('button', { name: `#${id}` }).click();
      await on.inspector.getByRole('heading', { name: 'GET /hello → 200' }).waitFor();
      await menu('Replay');
      await on.inspector.getByRole('heading', { name: 'GET /hello → 201' }).waitFor();
    });

    it('ends a pause: what stands still would not show it', async () => {
      await on.open('scenario=mixed');
      await on.select('/hello');
      await on.page.keyboard.press('Space');
      await on.button('Resume').waitFor();
      await on.page.keyboard.press('s');
      await on.inspector.getByRole('heading', { name: 'GET /hello → 201' }).waitFor();
      await on.button('Pause').waitFor();
    });

    it('says why nothing was sent', async () => {
      await on.open('scenario=mixed&unreachable');
      await on.select('/hello');
      await menu('Replay');
      await on.page.getByText('Not sent: the server does not run.').waitFor();
      assert.equal(await heading().textContent(), 'GET /hello → 200');
    });

    it('asks for a request where none is selected', async () => {
      await on.open('scenario=mixed');
      await on.picture.focus();
      await on.page.keyboard.press('e');
      await on.page.getByText('Select a request first.').waitFor();
    });
  });

  describe('the form', () => {
    it('is worked by keys alone, sends what it shows, and selects the answer', async () => {
      await on.open('scenario=mixed');
      await on.select('/hello');
      await on.page.keyboard.press('e');
      await form().waitFor();
      const target = form().getByRole('textbox', { name: 'Target' });
      assert.ok(await target.evaluate((input) => input.matches(':focus')));
      await on.page.keyboard.press('End');
      await on.page.keyboard.type('?again=1&s=e');
      await form().getByRole('button', { name: 'Add Field' }).focus();
      await on.page.keyboard.press('Enter');
      await assertEventually(async () =>
        form()
          .getByRole('textbox', { name: 'Name of field 6' })
          .evaluate((input) => input.matches(':focus')),
      );
      await on.page.keyboard.type('X-Again');
      await on.page.keyboard.press('Tab');
      await on.page.keyboard.type('yes');
      await form().getByRole('textbox', { name: 'Body' }).focus();
      await on.page.keyboard.type('two\nlines ü');
      await form().getByText('Content-Length').first().waitFor();
      await form().getByRole('checkbox', { name: 'Send Accept' }).focus();
      await on.page.keyboard.press('Space');
      await on.page.keyboard.press('Control+Enter');
      await form().waitFor({ state: 'detached' });
      const { head, body } = await sentBytes();
      assert.equal(
        head,
        'GET /hello?again=1&s=e HTTP/1.1\r\nHost: 127.0.0.1:8888\r\nUser-Agent: curl/8.9.1\r\nAuthorization: Bearer s3cr3t-t0ken\r\nCookie: session=abc123; theme=<b>dark</b>\r\nX-Again: yes\r\nContent-Length: 12\r\n\r\n',
      );
      assert.equal(body, 'two\nlines \xc3\xbc');
      await on.inspector.getByText('edited replay of #').waitFor();
    });

    it('holds the focus, and keeps the draft when Escape closes it', async () => {
      await on.open('scenario=mixed');
      await on.select('/hello');
      await menu('Edit and Replay…');
      await form().getByRole('textbox', { name: 'Target' }).fill('/draft');
      for (let left = 40; left > 0; left--) {
        await on.page.keyboard.press('Tab');
        const inside = await on.page.evaluate(() => {
          let element = document.activeElement;
          const path: string[] = [];
          while (element) {
            path.push(element.localName);
            element = element.shadowRoot?.activeElement ?? null;
          }
          return path.includes('lifeline-edit-card') || path.join() === 'body';
        });
        assert.ok(inside, 'Tab left the form');
      }
      await form().getByRole('textbox', { name: 'Target' }).focus();
      await on.page.keyboard.press('Escape');
      await form().waitFor({ state: 'detached' });
      assert.ok(await on.picture.evaluate((element) => element.matches(':focus')));
      await on.page.keyboard.press('e');
      assert.equal(await form().getByRole('textbox', { name: 'Target' }).inputValue(), '/draft');
      await form().getByRole('button', { name: 'Reset' }).click();
      assert.equal(await form().getByRole('textbox', { name: 'Target' }).inputValue(), '/hello');
      assert.ok(await form().getByRole('button', { name: 'Reset' }).isDisabled());
    });

    it('keeps secrets masked until they are revealed, and sends them all the same', async () => {
      await on.open('scenario=mixed');
      await on.select('/hello');
      await on.page.keyboard.press('e');
      const value = form().getByLabel('Value of Authorization');
      assert.equal(await value.getAttribute('type'), 'password');
      await form().getByRole('button', { name: 'Reveal Authorization' }).click();
      assert.equal(await value.getAttribute('type'), 'text');
      assert.equal(await form().getByLabel('Value of Cookie').getAttribute('type'), 'password');
      await form().getByRole('button', { name: 'Remove Host' }).click();
      await assertEventually(async () => (await value.getAttribute('type')) === 'text');
      await form().getByText('There has to be one Host: the server will refuse the request').waitFor();
      await form().getByRole('button', { name: 'Send GET' }).click();
      assert.match((await sentBytes()).head, /^GET \/hello HTTP\/1\.1\r\nUser-Agent[^]*s3cr3t[^]*abc123/);
    });

    it('does not send what cannot be bytes, nor half a body', async () => {
      await on.open('scenario=mixed&body=begin&truncated');
      await on.select('/report');
      await on.page.keyboard.press('e');
      await form().getByText('Only the first 5 bytes of the body were kept. Write another body.').waitFor();
      const send = form().getByRole('button', { name: 'Send POST' });
      assert.ok(await send.isDisabled());
      await form().getByRole('button', { name: 'Write another body' }).click();
      await form().getByRole('textbox', { name: 'Body' }).fill('mine');
      assert.equal(await form().getByLabel('Value of Content-Length').inputValue(), '4');
      await form().getByLabel('Target').fill('/日本');
      await form().getByText('which is no byte').waitFor();
      assert.equal(await form().getByLabel('Value of Content-Length').inputValue(), '4');
      assert.ok(await send.isDisabled());
      await form().getByLabel('Target').fill('/ok');
      await send.click();
      assert.equal((await sentBytes()).body, 'mine');
    });

    it('says why it was not sent, and stays', async () => {
      await on.open('scenario=mixed&unreachable&body=hi');
      await on.select('/report');
      await on.page.keyboard.press('e');
      await form().getByRole('button', { name: 'Send POST' }).click();
      await form().getByRole('alert').getByText('Not sent: the server does not run.').waitFor();
    });

    it('has room in a narrow and low panel', async () => {
      await on.page.setViewportSize({ width: 320, height: 420 });
      await on.open('scenario=mixed&body=hello');
      await on.select('/report');
      await on.page.keyboard.press('e');
      for (const part of [form(), form().getByLabel('Target'), form().getByRole('button', { name: 'Send POST' })]) {
        const box = await part.boundingBox();
        assert.ok(
          box && box.x >= 0 && box.y >= 0 && box.x + box.width <= 320 && box.y + box.height <= 420,
          JSON.stringify(box),
        );
      }
    });
  });

  describe('comparing', () => {
    const comparison = (): Locator => on.page.getByRole('region', { name: 'Comparison' });
    const row = (table: string, name: string): Locator =>
      comparison()
        .getByRole('table', { name: table })
        .getByRole('row', { name: new RegExp(`^${name}`) });

    it('shows two chosen requests beside each other: results, phases, heads', async () => {
      await on.open('scenario=mixed');
      await on.select('/slow?seconds=1.2');
      await on.page.keyboard.press('x');
      await on.page.keyboard.press('n');
      await on.page.keyboard.press('x');
      await on.button('Compare both').click();
      await comparison().waitFor();
      assert.match(await row('Results', 'Total').innerText(), /1\.29 s\s+1\.82 s\s+\+5\d\d ms, ×1\.4/);
      assert.match(await row('Phases', 'app call').innerText(), /1\.26 s\s+1\.80 s\s+\+540 ms, ×1\.4/);
      await comparison().getByText('GET /slow?seconds=1.2 HTTP/1.1').waitFor();
      await comparison().getByText('GET /slow?seconds=1.8 HTTP/1.1').waitFor();
      assert.equal(await comparison().getByText('s3cr3t').count(), 0);
      await comparison().getByRole('button', { name: 'Swap' }).click();
      assert.match(await row('Results', 'Total').innerText(), /1\.82 s\s+1\.29 s\s+−5\d\d ms, ÷1\.4/);
      await on.page.keyboard.press('Escape');
      await comparison().waitFor({ state: 'detached' });
      await heading().getByText('GET /slow?seconds=1.8 → 200').waitFor();
    });

    it('compares with the one before by a key, with the pinned one by the menu, and ends with a selection', async () => {
      await on.open('scenario=mixed');
      await on.select('/slow?seconds=1.8');
      await on.page.keyboard.press('d');
      await comparison()
        .getByRole('button', { name: /GET \/slow\?seconds=1\.2/ })
        .waitFor();
      await on.select('/hello').catch(() => undefined);
      await comparison().waitFor({ state: 'detached' });
      await on.page.keyboard.press('d');
      await on.page.getByText('No request before it has its method and path.').waitFor();
      await on.select('/report');
      await on.page.keyboard.press('b');
      await on.select('/hello');
      await menu('Compare with Pinned');
      await comparison()
        .getByRole('button', { name: /POST \/report/ })
        .click();
      await on.inspector.getByRole('heading', { name: 'POST /report → 201' }).waitFor();
    });
  });

  describe('pins', () => {
    const pins = (): Locator => on.page.getByRole('list', { name: 'Pinned requests' });

    it('keep requests at hand, whatever the filter hides, and over a reload', async () => {
      await on.open('scenario=mixed');
      await on.select('/report');
      await on.page.keyboard.press('b');
      await pins().getByRole('button', { name: 'POST /report 201' }).waitFor();
      await on.page.keyboard.press('n');
      await menu('Pin');
      assert.equal(await pins().getByRole('listitem').count(), 2);
      const box = on.page.getByRole('combobox', { name: 'Filter', exact: true });
      await box.fill('method:DELETE');
      await on.button('Hide Others').click();
      await on.page.locator('canvas[data-lanes="0"]').waitFor();
      await pins().getByRole('button', { name: 'POST /report 201' }).click();
      await on.inspector.getByRole('heading', { name: 'POST /report → 201' }).waitFor();
      await on.page.reload();
      assert.equal(await pins().getByRole('listitem').count(), 2);
      await pins().getByRole('button', { name: 'Unpin POST /report' }).click();
      assert.equal(await pins().getByRole('listitem').count(), 1);
    });

    it('are forgotten with their trace', async () => {
      await on.open('scenario=mixed');
      await on.select('/report');
      await on.page.keyboard.press('b');
      await pins().waitFor();
      await on.open('scenario=waiting');
      await on.picture.waitFor();
      assert.equal(await pins().count(), 0);
      await on.open('scenario=mixed');
      await on.picture.waitFor();
      assert.equal(await pins().count(), 0);
    });
  });

  describe('rows', () => {
    it('of all that are chosen are copied, by the menu and by Ctrl+C', async () => {
      await on.open('scenario=mixed');
      await on.select('/slow?seconds=1.2');
      await on.page.keyboard.press('x');
      await on.page.keyboard.press('n');
      await on.page.keyboard.press('x');
      await menu('Copy 2 Rows');
      await on.page.getByText('Copied 2 rows.').waitFor();
      assert.match(await on.asked(), /^copy GET\t\/slow\?seconds=1\.2\t200\t.*\nGET\t\/slow\?seconds=1\.8\t200\t.*\n$/);
      await on.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await on.picture.focus();
      await on.page.keyboard.press('Control+c');
      const copied = await on.page.evaluate(() => navigator.clipboard.readText());
      assert.match(copied, /^GET\t\/slow\?seconds=1\.2\t[^\n]*\nGET\t\/slow\?seconds=1\.8\t[^\n]*$/);
    });
  });

  describe('saved filters', () => {
    const open = (): Promise<void> => on.button('Saved Filters').click();
    const entry = (name: string): Locator => on.page.getByRole('menuitemradio', { name });

    it('are chosen from a menu, and the one that is on is marked', async () => {
      await on.open('scenario=mixed&filters');
      await on.button('Saved Filters').focus();
      await on.page.keyboard.press('Enter');
      await on.page.keyboard.press('ArrowDown');
      await on.page.keyboard.press('Enter');
      assert.equal(
        await on.page.getByRole('combobox', { name: 'Filter', exact: true }).inputValue(),
        'method:POST,PUT,PATCH,DELETE',
      );
      await on.page.getByText('1 of 14 match').first().waitFor();
      await open();
      assert.equal(await entry('Writes').getAttribute('aria-checked'), 'true');
      assert.equal(await entry('Slow <b>calls</b>').getAttribute('aria-checked'), 'false');
    });

    it('are saved where there is one, renamed and deleted where any is', async () => {
      await on.open('scenario=mixed');
      await open();
      assert.equal(
        await on.page.getByRole('menuitem', { name: 'Save This Filter…' }).getAttribute('aria-disabled'),
        'true',
      );
      await on.page.keyboard.press('Escape');
      await on.page.getByRole('combobox', { name: 'Filter', exact: true }).fill('error:');
      await open();
      assert.equal(await on.page.getByRole('menuitem', { name: 'Delete…' }).getAttribute('aria-disabled'), 'true');
      await on.page.getByRole('menuitem', { name: 'Save This Filter…' }).click();
      await on.page.getByText('Saved the filter.').waitFor();
      await open();
      assert.equal(await entry('Saved 0').getAttribute('aria-checked'), 'true');
      await on.page.getByRole('menuitem', { name: 'Delete…' }).click();
      assert.equal(await on.asked(), 'save filter error:\ndelete filter error:\n');
    });
  });
});
