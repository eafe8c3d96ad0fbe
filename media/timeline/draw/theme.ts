import { markColours, type MarkColour } from '../../../src/core/trace/markColours';
import { phases, type PhaseName } from '../../../src/core/trace/phases';

/**
 * The colours of the picture, read from VS Code's theme variables once per change of theme. Phases, states and marks have
 * colours that this extension contributes, so that a theme can set them; `hotpink` says that a variable is missing.
 */
export interface Theme {
  readonly phases: Readonly<Record<PhaseName | 'error', Paint>>;
  readonly text: string;
  readonly dimText: string;
  readonly warningText: string;
  readonly errorText: string;
  readonly background: string;
  readonly stripBackground: string;
  readonly grid: string;
  readonly separator: string;
  readonly line: string;
  readonly selection: string;
  readonly hover: string;
  readonly focus: string;
  /** Drawn around bars in high-contrast themes. */
  readonly contrastBorder: string | undefined;
  readonly connections: string;
  readonly font: string;
  readonly boldFont: string;
  readonly monoFont: string;
  readonly smallFont: string;
}

export interface Paint {
  readonly colour: string;
  /** Black or white, whichever reads better on it. */
  readonly onIt: string;
}

/** What tells how the page reads a colour. */
type Inked = Pick<CanvasRenderingContext2D, 'fillStyle'>;

/** @param style computed style of an element of the page */
export function readTheme(style: Pick<CSSStyleDeclaration, 'getPropertyValue'>, context: Inked): Theme {
  const first = (...names: string[]): string | undefined => {
    for (const name of names) {
      const value = style.getPropertyValue(name).trim();
      if (value) return value;
    }
    return undefined;
  };
  const colour = (...names: string[]): string => first(...names) ?? 'hotpink';
  const paint = (...names: string[]): Paint => {
    const value = colour(...names);
    return { colour: value, onIt: readableOn(value, context) };
  };
  const mark = (name: MarkColour): string => variableOf(markColours[name]);
  const entries = phases.map(({ name, color }): [PhaseName, Paint] => [name, paint(variableOf(color))]);
  const family = first('--vscode-font-family') ?? 'sans-serif';
  const mono = first('--vscode-editor-font-family') ?? 'monospace';
  return {
    phases: {
      ...(Object.fromEntries(entries) as Record<PhaseName, Paint>),
      error: paint(mark('error')),
    },
    text: colour('--vscode-foreground', '--vscode-editor-foreground'),
    dimText: colour('--vscode-descriptionForeground', '--vscode-foreground'),
    warningText: colour(mark('warningText')),
    errorText: colour(mark('errorText')),
    background: colour('--vscode-editor-background'),
    stripBackground: first('--vscode-sideBar-background') ?? colour('--vscode-editor-background'),
    grid: colour(
      '--vscode-editorIndentGuide-background1',
      '--vscode-editorIndentGuide-background',
      '--vscode-panel-border',
      '--vscode-contrastBorder',
    ),
    separator: colour('--vscode-panel-border', '--vscode-editorGroup-border', '--vscode-contrastBorder'),
    line: colour(mark('idle')),
    selection:
      first('--vscode-list-inactiveSelectionBackground', '--vscode-list-activeSelectionBackground') ?? 'transparent',
    hover: first('--vscode-list-hoverBackground') ?? 'transparent',
    focus: colour('--vscode-focusBorder', '--vscode-contrastActiveBorder'),
    contrastBorder: first('--vscode-contrastBorder'),
    connections: colour(mark('connections')),
    font: `12px ${family}`,
    boldFont: `600 12px ${family}`,
    monoFont: `12px ${mono}`,
    smallFont: `11px ${family}`,
  };
}

/** The variable of the page that has a colour: "lifeline.app" is in `--vscode-lifeline-app`. */
export function variableOf(id: string): string {
  return `--vscode-${id.replaceAll('.', '-')}`;
}

/** Black or white text, by the relative luminance of the colour under it (WCAG 2). */
function readableOn(colour: string, context: Inked): string {
  context.fillStyle = '#000';
  context.fillStyle = colour;
  const channels = channelsOf(context.fillStyle);
  const [red = 0, green = 0, blue = 0] = channels.map((value) => {
    const share = value / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000000' : '#ffffff';
}

/** Of "#rrggbb" or "rgba(r, g, b, a)", the two forms that a canvas gives back. */
function channelsOf(colour: string): number[] {
  if (colour.startsWith('#')) return [1, 3, 5].map((from) => Number.parseInt(colour.slice(from, from + 2), 16));
  return (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
}
