import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { ServerState, ToWebview } from '../../src/core/trace/messages';
import { stoppedServer as stopped } from '../support/stoppedServer';
import { barriersOf } from './accessible';
import { openPages } from './openPage';
import { showTheme } from './showTheme';
import { themes } from './themes';

/** axe-core finds nothing, in any theme, whatever the page shows: each of its states is looked at in all four. */
describe('The timeline page is accessible in every theme', function () {
  this.timeout(180_000);
  // axe tries out styles.
  const on = openPages({ bypassCSP: true });
  const found: string[] = [];

  /** A walk through states of the page. What is found on the way is told at its end, all of it. */
  function walk(title: string, steps: () => Promise<void>): void {
    it(title, async () => {
      found.splice(0);
      await steps();
      assert.deepEqual(found, [], found.join('\n'));
    });
  }

  async function judge(state: string): Promise<void> {
    for (const [index, theme] of Object.keys(themes).entries()) {
      await showTheme(on.page, theme);
      found.push(...(await barriersOf(on.page, `${state}, ${theme}`, { colours: index > 0 })));
    }
  }

  /** The picture stands still: what is drawn anew all the time takes its time from axe. */
  const open = async (query: string): Promise<void> => {
    await on.open(query);
    await on.button('Pause').click();
  };
  const grid = (): Locator => on.page.getByRole('grid', { name: 'Requests' });
  const tab = (name: string | RegExp): Promise<void> => on.inspector.getByRole('tab', { name }).click();
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await on.page.keyboard.press(key);
  };
  const say = (message: ToWebview): Promise<void> =>
    on.page.evaluate((said) => window.postMessage(said, '*'), message as unknown);

  walk('with the table, each tab of the inspector, and what a connection and the server say', async () => {
    await open('scenario=mixed&panes=both&waiting=3');
    await grid().locator('[data-id]').filter({ hasText: '/broken' }).first().click();
    await press('Shift+ArrowDown');
    await grid().getByRole('columnheader', { name: 'Total' }).click();
    await on.inspector.getByRole('tab').first().waitFor();
    await judge('table and overview');
    await on.select('/broken');
    await judge('overview of what failed');
    await tab('Traceback');
    await judge('traceback');
    await tab(/^App log/);
    await judge('log');
    await tab('Raw bytes');
    await on.inspector.getByRole('option').first().click();
    await judge('raw bytes');
    await on.inspector.getByRole('button', { name: 'Sent' }).click();
    await on.inspector.getByRole('option', { name: /^Status code/ }).waitFor();
    await judge('raw bytes that were sent');

    await on.select('/report/7');
    await tab('Environ');
    await on.inspector.getByRole('row').first().waitFor();
    await judge('environ');
    await on.inspector.getByRole('combobox', { name: 'Compare With' }).selectOption({ index: 1 });
    await on.inspector
      .getByRole('row', { name: /^changed/ })
      .first()
      .waitFor();
    await judge('environ, compared');
    await on.select('/export.csv');
    await tab(/^Findings/);
    await judge('findings');

    await on.picture.focus();
    await press('Escape');
    await on.inspector.getByRole('heading', { name: 'Server', exact: true }).waitFor();
    await judge('server');
    await say({ type: 'reveal', target: { kind: 'connection', id: 4 } });
    await on.inspector.getByRole('heading', { name: 'Connection 4' }).waitFor();
    await judge('connection');
  });

  walk('with bodies of each kind', async () => {
    await open('scenario=bodies&panes=timeline');
    const shown = async (target: string, side: 'Request' | 'Response', part: Locator): Promise<void> => {
      await on.select(target);
      await tab(side);
      await part.first().waitFor();
      await judge(`${side.toLowerCase()} of ${target}`);
    };
    const login = '/login?next=%2Fa%20b&lang=de&bad=%ff';
    await shown(login, 'Request', on.inspector.getByRole('table', { name: 'Form fields' }));
    await shown(login, 'Response', on.inspector.getByRole('tree'));
    await on.inspector.getByRole('treeitem').nth(3).focus();
    await judge('tree with the keyboard in it');
    await on.inspector.getByRole('button', { name: 'Text' }).click();
    await on.inspector.getByText('It has what looks like a secret').waitFor();
    await judge('masked text');
    await shown('/items', 'Response', on.inspector.getByText('are kept'));
    await shown('/upload', 'Request', on.inspector.getByRole('table', { name: 'Form fields' }));
    await shown('/upload', 'Response', on.inspector.getByRole('img'));
    await shown('/page', 'Response', on.inspector.getByText('<h1 onclick'));
    await shown('/data.bin', 'Response', on.inspector.getByText('0000  00 25 4a 6f'));
    await shown('/broken.json', 'Response', on.inspector.getByText('No valid JSON'));
    await on.select('/broken');
    await tab(/^App log/);
    await judge('log with a traceback');
    await tab('Traceback');
    await judge('traceback with a problem');
  });

  walk('with each menu, form and card', async () => {
    await open('scenario=mixed&panes=both&waiting=3&filters&body=two%0Alines');
    const menu = (name: string): Locator => on.page.getByRole('menu', { name });
    await on.select('/report');
    await on.inspector.getByRole('button', { name: 'Request Actions' }).click();
    await menu('Request Actions').first().waitFor();
    await judge('menu of the request');
    await press('Escape');
    await grid().getByRole('button', { name: 'Columns' }).or(on.button('Columns')).first().click();
    await menu('Columns').waitFor();
    await judge('menu of the columns');
    await press('Escape');
    await on.button('Saved Filters').click();
    await menu('Saved Filters').waitFor();
    await judge('menu of saved filters');
    await press('Escape');

    await on.picture.focus();
    await press('e');
    const form = on.page.getByRole('dialog', { name: 'Edit and Replay' });
    await form.getByRole('button', { name: 'Remove Host' }).click();
    await form.getByText('There has to be one Host').waitFor();
    await judge('form with a warning');
    await form.getByLabel('Target').fill('/日本');
    await form.getByRole('alert').getByText('which is no byte').waitFor();
    await judge('form with an error');
    await press('Escape');

    await on.select('/slow?seconds=1.8');
    await press('b', 'd');
    await on.page.getByRole('region', { name: 'Comparison' }).getByRole('table', { name: 'Phases' }).waitFor();
    await judge('two requests compared, one of them pinned');
    await press('Escape');

    await on.picture.focus();
    await press('Home', 'm', 'n', 'm');
    await on.page.getByRole('group', { name: 'Measured' }).waitFor();
    await judge('measured');
    await on.page.getByRole('button', { name: /^lag at most/ }).click();
    await on.page.getByRole('dialog', { name: 'The Tool’s Own Error' }).waitFor();
    await judge("the tool's own error");
    await press('Escape');
    await on.picture.focus();
    await press('?');
    await on.page.getByRole('dialog', { name: 'Keyboard Help' }).waitFor();
    await judge('help');
    await press('Escape', '/');
    await on.page.keyboard.type('sta');
    await on.page.getByRole('option', { name: 'status:5xx' }).waitFor();
    await judge('list of the filter');
    await on.page.keyboard.type('rt:x');
    await on.page.locator('lifeline-filter .problem').waitFor();
    await judge('a filter that cannot be read');
    await press('Escape', 'Escape');

    await on.page.setViewportSize({ width: 420, height: 760 });
    await on.button('More Actions').click();
    await menu('More Actions').waitFor();
    await judge('narrow, with the menu of what the toolbar has no room for');
  });

  walk('before there is anything to show, and when the app waits for itself', async () => {
    await on.open('scenario=empty&panes=both');
    const next = on.page.getByRole('region', { name: 'What to do next' });
    await next.getByText('Ready for the first request').waitFor();
    await judge('ready');
    const states: readonly (readonly [string, ServerState])[] = [
      ['The server is stopped', stopped],
      ['Starting hello.py', { ...stopped, status: 'starting' }],
      ['Which app should run?', { ...stopped, app: '' }],
      ['Restricted Mode', { ...stopped, restricted: true }],
      ['The server did not start', { ...stopped, status: 'failed', problem: 'Port 8888 is taken.\nChoose another.' }],
    ];
    for (const [title, state] of states) {
      await say({ type: 'state', state });
      await next.getByText(title).waitFor();
      await judge(title);
    }
    await on.open('scenario=deadlock');
    await on.page.getByText('The app called its own server').first().waitFor();
    await judge('deadlock');
  });

  walk('where two runs are compared', async () => {
    await on.open('comparison');
    await on.page.locator('canvas').first().waitFor();
    await judge('comparison');
  });
});
