import { launchChromium } from '../harness/chromium';
import { VsCodeServer } from '../harness/vscodeServer';
import { Workbench } from './workbench';
const server = await VsCodeServer.start({ settings: { 'lifeline.port': 0 } });
const browser = await launchChromium();
const wb = await Workbench.open(browser, server, { folder: '/tmp/w/wsp', extension: process.argv[2] ?? '/work/main' });
try {
  await wb.command('Lifeline: Show Timeline');
  await wb.page.waitForTimeout(1500);
  await wb.command('Lifeline: Start Server');
  await wb.page.waitForTimeout(2500);
  const text = await wb.statusBarItem.innerText();
  console.log(text);
  const port = /:(\d+)/.exec(text)?.[1];
  if (port) {
    const r = await fetch(`http://127.0.0.1:${port}/x`);
    console.log(r.status, await r.text());
  }
  await wb.command('Lifeline: Show Log');
  await wb.page.waitForTimeout(1500);
} finally {
  await wb.screenshot('zz');
  await browser.close();
  await server.stop();
}
