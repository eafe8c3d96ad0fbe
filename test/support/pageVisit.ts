import assert from 'node:assert/strict';
import type { Page, Response as PageResponse } from 'playwright-core';

export interface PageText {
  readonly status: number;
  readonly body: string;
}

export interface Visit {
  readonly pages: Readonly<Record<'index' | 'form' | 'fail' | 'stream' | 'head' | 'missing', PageText>>;
  /** What came of the form. */
  readonly submitted: PageText;
  /** Text, and the time from its first piece to its last, in ms. */
  readonly stream: { readonly text: string; readonly spread: number };
}

/**
 * Follows the links of the index page, but for the slow one, and sends the form.
 *
 * The clicks are the page's own events: a hidden page that is busy loading may lose those of a mouse.
 *
 * @param upload path of the file that goes up with the form
 */
export async function visit(page: Page, upload: string): Promise<Visit> {
  const index = await pageText(await page.goto('/'));
  const follow = async (target: string): Promise<PageText> => {
    await page.goto('/');
    return navigated(page, () => page.dispatchEvent(`a[href="${target}"]`, 'click'));
  };
  const stream = await follow('/stream');
  const fail = await follow('/fail');
  const form = await follow('/form');
  await page.fill('input[name=name]', 'Zoë');
  await page.setInputFiles('input[name=file]', upload);
  const submitted = await navigated(page, () => page.dispatchEvent('button', 'click'));
  const missing = await pageText(await page.goto('/nothing/here'));
  await page.goto('/');
  const head = await page.evaluate(async () => {
    const response = await fetch('/', { method: 'HEAD' });
    return { status: response.status, body: await response.text() };
  });
  return { pages: { index, form, fail, stream, head, missing }, submitted, stream: await streamIn(page) };
}

async function navigated(page: Page, act: () => Promise<void>): Promise<PageText> {
  const [response] = await Promise.all([page.waitForResponse((it) => it.request().isNavigationRequest()), act()]);
  const text = await pageText(response);
  await page.waitForLoadState();
  return text;
}

async function pageText(response: PageResponse | null): Promise<PageText> {
  assert.ok(response);
  return { status: response.status(), body: (await response.body()).toString() };
}

/** Reads `/stream` as a script of the page does, piece by piece. */
function streamIn(page: Page): Promise<Visit['stream']> {
  return page.evaluate(async () => {
    const reader = (await fetch('/stream')).body?.pipeThrough(new TextDecoderStream()).getReader();
    const times: number[] = [];
    let text = '';
    for (;;) {
      const piece = await reader?.read();
      if (piece?.value === undefined) break;
      times.push(performance.now());
      text += piece.value;
    }
    return { text, spread: (times.at(-1) ?? 0) - (times[0] ?? 0) };
  });
}
