import assert from 'node:assert/strict';
import { openPages } from './openPage';

/** What clients and apps may send is shown as what it is: it runs nowhere, hides nothing and turns nothing around. */
describe('Hostile traffic', function () {
  this.timeout(120_000);
  const ui = openPages();
  const unseen = /[\u202a-\u202e\u2066-\u2069]|(?![\t\n\r])\p{Cc}/u;

  /** All text that is in the page, those of its attributes that are read out or shown, and what it could have been made to do. */
  const found = (): Promise<{ texts: string[]; elements: string[]; violations: string[]; stolen: boolean }> =>
    ui.page.evaluate(() => {
      const texts: string[] = [];
      const elements = new Set<string>();
      const left: Node[] = [document.querySelector('lifeline-timeline') ?? document];
      for (let node = left.pop(); node; node = left.pop()) {
        left.push(...node.childNodes);
        if (node instanceof Text && !(node.parentElement instanceof HTMLStyleElement)) texts.push(node.data);
        if (!(node instanceof Element)) continue;
        elements.add(node.localName);
        for (const name of ['title', 'aria-label', 'alt']) texts.push(node.getAttribute(name) ?? '');
        if (node.shadowRoot) left.push(node.shadowRoot);
      }
      const { violations } = window as unknown as { violations: string[] };
      return { texts, elements: [...elements], violations, stolen: 'stolen' in window };
    });

  async function check(where: string): Promise<void> {
    const { texts, elements, violations, stolen } = await found();
    assert.deepEqual(violations, [], where);
    assert.equal(stolen, false, where);
    assert.equal(await ui.page.title(), 'Timeline', where);
    for (const name of ['script', 'iframe', 'object', 'marquee', 'b', 'form', 'meta', 'base']) {
      assert.ok(!elements.includes(name), `${where}: <${name}> was made`);
    }
    const bad = texts.find((text) => unseen.test(text));
    assert.equal(bad === undefined ? '' : JSON.stringify(bad.slice(0, 200)), '', where);
    const overflow = await ui.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.equal(overflow, 0, where);
  }

  beforeEach(async () => {
    await ui.page.addInitScript(() => {
      const violations: string[] = [];
      Object.assign(window, { violations });
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        violations.push(`${violatedDirective} ${blockedURI}`),
      );
    });
  });

  it('is shown as text in lanes, at the pointer and in every tab of the inspector', async () => {
    await ui.open('scenario=hostile');
    await check('lanes');
    await ui.picture.focus();
    await ui.page.keyboard.press('Home');
    const heading = ui.inspector.getByRole('heading').first();
    const seen = new Set<string>();
    for (let count = 0; count < 7; count++) {
      const name = (await heading.textContent()) ?? '';
      seen.add(name);
      const tabs = ui.inspector.getByRole('tab');
      for (let index = 0; index < (await tabs.count()); index++) {
        await tabs.nth(index).click();
        await ui.page.waitForTimeout(120);
        await check(`${name.slice(0, 60)}, ${(await tabs.nth(index).textContent())?.trim() ?? ''}`);
      }
      await ui.picture.focus();
      await ui.page.keyboard.press('n');
      await ui.page.waitForTimeout(60);
    }
    assert.ok(seen.size >= 6, [...seen].join('\n'));
    const box = await ui.picture.boundingBox();
    assert.ok(box);
    for (let y = 100; y < 400; y += 24) {
      await ui.page.mouse.move(box.x + 320, box.y + y);
      await ui.page.waitForTimeout(30);
      await check(`pointer at ${y}`);
    }
  });

  it('is shown as text when all of it is revealed', async () => {
    await ui.open('scenario=hostile');
    await ui.select('/<img%20src=x%20onerror=stolen=1>');
    for (const tab of ['Request', 'Response']) {
      await ui.inspector.getByRole('tab', { name: tab }).click();
      const masks = ui.inspector.getByRole('button', { name: /^Reveal / });
      for (let left = 40; left > 0 && (await masks.count()) > 0; left--) await masks.first().click();
      for (const form of await ui.inspector
        .getByRole('group', { name: 'Show the body as' })
        .getByRole('button')
        .all()) {
        await form.click();
        await check(`${tab}, ${(await form.textContent())?.trim() ?? ''}`);
      }
    }
  });

  it('has 5,000 distinct paths and fields, which the page bears', async () => {
    await ui.open('scenario=distinct');
    await ui.picture.focus();
    await ui.page.keyboard.press('Home');
    await ui.inspector.getByRole('tab', { name: 'Request' }).click();
    const table = ui.inspector.getByRole('table', { name: 'Query parameters' });
    await table.waitFor();
    assert.equal(await table.getByRole('row').count(), 200);
    await ui.inspector.getByRole('button', { name: 'Show all 5,000 rows' }).click();
    assert.equal(await table.getByRole('row').count(), 5000);
    await check('distinct');
    await ui.picture.focus();
    await ui.page.keyboard.press('End');
    await check('the last');
  });
});
