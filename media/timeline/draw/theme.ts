import { phases, type PhaseName } from '../../../src/core/trace/phases';

/**
 * The colours of the picture, read from VS Code's theme variables once per change of theme. Phases have colours that
 * this extension contributes; where a variable is missing the chart colours stand in, and `hotpink` says that none did.
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

const standIns: Readonly<Record<PhaseName | 'error', string>> = {
  accept: '--vscode-descriptionForeground',
  turn: '--vscode-charts-yellow',
  recv: '--vscode-charts-blue',
  body: '--vscode-charts-blue',
  parse: '--vscode-terminal-ansiBrightCyan',
  environ: '--vscode-terminal-ansiCyan',
  queue: '--vscode-charts-yellow',
  hop: '--vscode-descriptionForeground',
  app: '--vscode-charts-purple',
  sendall: '--vscode-charts-green',
  stall: '--vscode-charts-orange',
  close: '--vscode-descriptionForeground',
  error: '--vscode-errorForeground',
};

/** @param style computed style of an element of the page */
export function readTheme(style: CSSStyleDeclaration, context: CanvasRenderingContext2D): Theme {
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
  const named = (name: PhaseName, id: string): [PhaseName, Paint] => [
    name,
    paint(`--vscode-${id.replace('.', '-')}`, standIns[name]),
  ];
  const entries = phases.map((phase) => named(phase.name, phase.color));
  const family = first('--vscode-font-family') ?? 'sans-serif';
  const mono = first('--vscode-editor-font-family') ?? 'monospace';
  return {
    phases: {
      ...(Object.fromEntries(entries) as Record<PhaseName, Paint>),
      error: paint('--vscode-charts-red', standIns.error),
    },
    text: colour('--vscode-foreground', '--vscode-editor-foreground'),
    dimText: colour('--vscode-descriptionForeground', '--vscode-foreground'),
    warningText: colour('--vscode-editorWarning-foreground', '--vscode-charts-yellow'),
    errorText: colour('--vscode-errorForeground', '--vscode-charts-red'),
    background: colour('--vscode-editor-background'),
    stripBackground: first('--vscode-sideBar-background') ?? colour('--vscode-editor-background'),
    grid: colour(
      '--vscode-editorIndentGuide-background1',
      '--vscode-editorIndentGuide-background',
      '--vscode-panel-border',
      '--vscode-contrastBorder',
    ),
    separator: colour('--vscode-panel-border', '--vscode-editorGroup-border', '--vscode-contrastBorder'),
    line: colour('--vscode-editorLineNumber-foreground', '--vscode-descriptionForeground', '--vscode-foreground'),
    selection:
      first('--vscode-list-inactiveSelectionBackground', '--vscode-list-activeSelectionBackground') ?? 'transparent',
    hover: first('--vscode-list-hoverBackground') ?? 'transparent',
    focus: colour('--vscode-focusBorder', '--vscode-contrastActiveBorder'),
    contrastBorder: first('--vscode-contrastBorder'),
    connections: colour('--vscode-charts-foreground', '--vscode-foreground'),
    font: `12px ${family}`,
    boldFont: `600 12px ${family}`,
    monoFont: `12px ${mono}`,
    smallFont: `11px ${family}`,
  };
}

/** Black or white text, by the relative luminance of the colour under it (WCAG 2). */
function readableOn(colour: string, context: CanvasRenderingContext2D): string {
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
