import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readTheme, variableOf, type Theme } from '../../../../media/timeline/draw/theme';
import { markColours } from '../../../../src/core/trace/markColours';
import { phases } from '../../../../src/core/trace/phases';
import { contributedColours, themeVariables } from '../../../ui/contributedColours';
import { themes } from '../../../ui/themes';

const root = join(import.meta.dirname, '../../../..');

describe('The colours of the timeline', () => {
  const contributed = contributedColours();
  const ids = contributed.map(({ id }) => id);
  const used = [...phases.map(({ color }) => color), ...Object.values(markColours)];

  it('are those that the extension contributes, each with a description and a default for every kind of theme', () => {
    assert.deepEqual([...ids].sort(), [...used].sort());
    for (const { id, description, defaults } of contributed) {
      assert.match(description, /^Timeline: .*\.$/, id);
      assert.deepEqual(Object.keys(defaults), ['dark', 'light', 'highContrast', 'highContrastLight'], id);
    }
  });

  it('are all named in the README', async () => {
    const text = await readFile(join(root, 'README.md'), 'utf8');
    assert.deepEqual(
      ids.filter((id) => !text.includes(`\`${id}\``)),
      [],
    );
  });

  it('are taken by the page from nowhere else: no charts.*, no terminal.*, no colour of its own', async () => {
    const folder = join(root, 'media/timeline');
    const files = (await readdir(folder, { recursive: true })).filter((name) => /\.(?:ts|css)$/.test(name));
    const variables = new Set(ids.map(variableOf));
    const wrong: string[] = [];
    for (const file of files) {
      const text = await readFile(join(folder, file), 'utf8');
      for (const [variable] of text.matchAll(/--vscode-(?:lifeline|charts|terminal|editorWarning|editorError)[\w-]*/g))
        if (!variables.has(variable)) wrong.push(`${file}: ${variable}`);
    }
    assert.ok(files.length > 50, 'the page’s files are found');
    assert.deepEqual(wrong, []);
  });

  for (const name of Object.keys(themes)) {
    const variables = themeVariables(name);
    const asked = new Set<string>();
    const theme: Theme = readTheme(
      {
        getPropertyValue: (variable) => {
          asked.add(variable);
          return variables.get(variable.replace('--vscode-', '')) ?? '';
        },
      },
      { fillStyle: '' },
    );

    it(`are all there, and all asked for, in ${name}`, () => {
      assert.ok(!JSON.stringify(theme).includes('hotpink'), JSON.stringify(theme));
      assert.deepEqual(
        phases.map(({ color }) => variableOf(color)).filter((variable) => !asked.has(variable)),
        [],
      );
    });

    it(`stand out from what is behind them in ${name} (WCAG 2, 1.4.3 and 1.4.11)`, () => {
      const faint: string[] = [];
      for (const id of ids) {
        const colour = variables.get(id.replace('.', '-')) ?? '';
        const least = id.endsWith('Text') ? 4.5 : 3;
        for (const behind of [theme.background, theme.stripBackground]) {
          const ratio = contrast(colour, behind);
          if (ratio < least) faint.push(`${id} ${colour} on ${behind}: ${ratio.toFixed(2)}`);
        }
      }
      assert.deepEqual(faint, []);
    });

    it(`bear text that can be read in ${name}`, () => {
      for (const [phase, { colour, onIt }] of Object.entries(theme.phases)) {
        assert.ok(contrast(colour, onIt) >= 4.5, `${phase}: ${onIt} on ${colour}`);
      }
    });
  }
});

/** The contrast ratio of WCAG 2 of two colours "#rrggbb". */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
    const share = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
