import type { Page } from 'playwright-core';
import { themeVariables } from './contributedColours';
import { themes } from './themes';

/** Changes the theme of an open page as VS Code does it: other variables, another class. */
export async function showTheme(page: Page, name: string): Promise<void> {
  const variables = themeVariables(name);
  const known = Object.keys(themes).flatMap((theme) => [...themeVariables(theme).keys()]);
  // What the theme before had, and this one has not, is as if it had never been set.
  const all = [...new Set(known)].map((variable) => [variable, variables.get(variable) ?? 'initial'] as const);
  await page.evaluate(
    ([values, kind]) => {
      for (const [variable, value] of values) document.documentElement.style.setProperty(`--vscode-${variable}`, value);
      document.body.className = kind;
    },
    [all, themes[name]?.kind ?? ''] as const,
  );
}
