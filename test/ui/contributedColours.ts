import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { themes } from './themes';

export interface ContributedColour {
  readonly id: string;
  readonly description: string;
  readonly defaults: Readonly<Record<ColourKind, string>>;
}

type ColourKind = 'dark' | 'light' | 'highContrast' | 'highContrastLight';

/** The colours that the extension contributes. */
export function contributedColours(): readonly ContributedColour[] {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
    contributes: { colors: readonly ContributedColour[] };
  };
  return manifest.contributes.colors;
}

/** The variables of a page in one of VS Code's default themes, with those of the extension; names without `--vscode-`. */
export function themeVariables(name: string): ReadonlyMap<string, string> {
  const theme = themes[name];
  if (!theme) throw new Error(`there is no theme ${name}`);
  const variables = new Map(Object.entries(theme.variables));
  const kinds: Readonly<Record<string, ColourKind>> = {
    light: 'light',
    'hc-dark': 'highContrast',
    'hc-light': 'highContrastLight',
  };
  for (const { id, defaults } of contributedColours()) {
    const value = defaults[kinds[name] ?? 'dark'];
    const resolved = value.startsWith('#') ? value : variables.get(value.replaceAll('.', '-'));
    if (resolved === undefined) throw new Error(`${id} is ${value}, which the theme ${name} does not have`);
    variables.set(id.replaceAll('.', '-'), resolved);
  }
  return variables;
}
