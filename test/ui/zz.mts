import { launchChromium } from '../harness/chromium';
import { VsCodeServer } from '../harness/vscodeServer';
import { Workbench } from './workbench';
const server = await VsCodeServer.start({
  settings: { 'lifeline.port': 0, 'workbench.colorTheme': 'Default Dark Modern' },
});
const browser = await launchChromium();
const wb = await Workbench.open(browser, server, { folder: '/tmp/w/wsp', extension: process.argv[2] ?? '/work/main' });
wb.page.on('console', (m) => {
  if (m.type() === 'error' && !/bindings|vsx|Service|Failed to load/.test(m.text()))
    console.log('console', m.text().slice(0, 300));
});
try {
  await wb.command('Lifeline: Show Timeline');
  await wb.page.waitForTimeout(1500);
  await wb.screenshot('zz0');
  await wb.command('Lifeline: Start Server');
  await wb.page.waitForTimeout(1500);
  await wb.screenshot('zz1');
  const text = await wb.statusBarItem.innerText();
  console.log(text);
  const port = /:(\d+)/.exec(text)?.[1];
  const go = async (p: string) => {
    const r = await fetch(`http://127.0.0.1:${port}${p}`);
    await r.text();
  };
  await go('/x');
  await Promise.all([go('/slow?1'), go('/slow?1'), go('/slow?0.7'), go('/a'), go('/slow?0.6'), go('/slow?0.5')]);
  await wb.page.waitForTimeout(1000);
  await wb.screenshot('zz2');
  const t = wb.timeline;
  console.log(await t.getByRole('list', { name: 'Connections' }).innerText());
  console.log(await t.locator('canvas').evaluateAll((c) => c.map((x) => JSON.stringify((x as HTMLElement).dataset))));
  await t.getByRole('application', { name: 'Request timeline' }).focus();
  await wb.page.keyboard.press('n');
  await wb.page.waitForTimeout(800);
  await wb.screenshot('zz3');
  await wb.page.reload();
  await wb.ready();
  await wb.page.waitForTimeout(6000);
  await wb.screenshot('zz4');
} finally {
  await browser.close();
  await server.stop();
}
