import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { openPages } from './openPage';

describe('The environ of a request', function () {
  this.timeout(60_000);
  const on = openPages();
  const table = (): Locator => on.inspector.getByRole('table', { name: 'Environ' });
  const row = (name: string): Locator =>
    table()
      .getByRole('row')
      .filter({ has: on.page.getByRole('rowheader', { name, exact: true }) });

  async function open(query: string, target: string): Promise<void> {
    await on.open(query);
    await on.select(target);
    await on.inspector.getByRole('tab', { name: 'Environ' }).click();
  }

  it('says what the app was given, and where each of it comes from', async () => {
    await open('scenario=mixed', '/report/7');
    await row('PATH_INFO').getByText('/report/7').waitFor();
    await row('HTTP_USER_AGENT').getByText('field User-Agent').waitFor();
    await row('wsgi.multithread').getByText('True').waitFor();
    const link = row('REMOTE_ADDR').getByRole('link', { name: 'socket pair' });
    assert.match((await link.getAttribute('href')) ?? '', /rfc3875\.html#section-4\.1\.8$/);
    await on.inspector.getByText('26 variables').waitFor();
  });

  it('is searched, and hides secrets from the search as well', async () => {
    await open('scenario=mixed', '/report/7');
    const search = on.inspector.getByRole('searchbox', { name: 'Search Environ' });
    await search.fill('s3cr3t');
    await on.inspector.getByText('No variable has that.').waitFor();
    await search.fill('authorization');
    await on.inspector.getByText('1 of 26 variables').waitFor();
    await row('HTTP_AUTHORIZATION').getByRole('button', { name: 'Reveal HTTP_AUTHORIZATION' }).click();
    await row('HTTP_AUTHORIZATION').getByText('Bearer s3cr3t-t0ken').waitFor();
    await search.fill('s3cr3t');
    await on.inspector.getByText('1 of 26 variables').waitFor();
    // What was revealed is forgotten with the selection.
    await on.select('/report/8');
    await on.select('/report/7');
    await on.inspector.getByText('No variable has that.').waitFor();
  });

  it('is compared with an earlier request, by keys alone', async () => {
    await open('scenario=mixed', '/report/7');
    const comparison = on.inspector.getByRole('combobox', { name: 'Compare With' });
    assert.deepEqual(
      (await comparison.locator('option').allTextContents()).map((text) => text.trim()),
      ['Compare with…', 'Previous on this connection: #4 POST /report', 'Previous request: #4 POST /report'],
    );
    await comparison.focus();
    await on.page.keyboard.press('ArrowDown');
    await on.page.keyboard.press('Enter');
    await row('changed: REQUEST_METHOD').getByText('POST').waitFor();
    await row('not here: CONTENT_TYPE').waitFor();
    assert.equal(await row('HTTP_ACCEPT').count(), 1);
    const only = on.inspector.getByRole('checkbox', { name: 'Only what changed since #4' });
    await only.focus();
    await on.page.keyboard.press('Space');
    await on.inspector.getByText('6 of 28 variables').waitFor();
    assert.equal(await row('HTTP_ACCEPT').count(), 0);
  });

  it('has values to copy', async () => {
    await open('scenario=mixed', '/report/7');
    await row('PATH_INFO').getByRole('button', { name: 'Copy PATH_INFO' }).click();
    await on.inspector.getByText('Copied PATH_INFO.').waitFor({ state: 'attached' });
    assert.equal(await on.asked(), 'copy /report/7\n');
    assert.equal(await row('HTTP_COOKIE').getByRole('button', { name: 'Copy HTTP_COOKIE' }).count(), 0);
  });

  it('is none where the request did not reach the app', async () => {
    await open('scenario=mixed', 'request');
    await on.inspector.getByText('There is none: the request did not reach the app.').waitFor();
  });
});
