import { css, unsafeCSS } from 'lit';
import { phases } from '../../../src/core/trace/phases';
import { variableOf } from '../draw/theme';

/** Styles that several parts share. They go in as constructed style sheets, which the page's policy allows. */

const phaseColours = phases
  .map(({ name, color }) => `.swatch.${name} { --colour: var(${variableOf(color)}, hotpink); }`)
  .join('\n');

/** A small sample of a phase's colour and pattern, as in the picture. */
export const swatchStyles = css`
  .swatch {
    display: inline-block;
    flex: none;
    width: 10px;
    height: 10px;
    border-radius: 2px;
    background: var(--colour);
    border: 1px solid var(--vscode-contrastBorder, transparent);
    box-sizing: border-box;
  }
  ${unsafeCSS(phaseColours)}
  .swatch.queue,
  .swatch.stall,
  .swatch.body {
    --faint: color-mix(in srgb, var(--colour) 28%, transparent);
    background: repeating-linear-gradient(var(--slant), var(--colour) 0 2px, var(--faint) 2px 4.5px);
  }
  .swatch.queue {
    --slant: -45deg;
  }
  .swatch.stall {
    --slant: 45deg;
  }
  .swatch.body {
    --slant: 90deg;
  }
  .swatch.turn {
    background:
      radial-gradient(circle at 25% 25%, var(--colour) 26%, transparent 30%) 0 0 / 5px 5px,
      radial-gradient(circle at 75% 75%, var(--colour) 26%, transparent 30%) 0 0 / 5px 5px,
      color-mix(in srgb, var(--colour) 28%, transparent);
  }
  .swatch.hop {
    height: 4px;
  }
  .swatch.error {
    --colour: var(--vscode-lifeline-error);
  }
  .swatch.accept,
  .swatch.close {
    width: 2px;
    margin: 0 4px;
    border: 0;
    border-radius: 0;
  }
`;

/** A strip of time on which swatches are the bars of phases. */
export const trackStyles = css`
  .track {
    position: relative;
    border-radius: 2px;
    background: color-mix(in srgb, var(--vscode-descriptionForeground) 13%, transparent);
  }
  .track .swatch {
    position: absolute;
    top: 0;
    height: 100%;
    margin: 0;
    min-width: 2px;
    border-radius: 1px;
  }
  .track .outside {
    opacity: 0.4;
  }
`;

export const baseStyles = css`
  :host {
    box-sizing: border-box;
    color: var(--vscode-foreground);
    font-family: var(--vscode-font-family);
    font-size: 13px;
    line-height: 1.4;
  }
  *,
  *::before,
  *::after {
    box-sizing: inherit;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  .mono {
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: 12px;
  }
  .dim {
    color: var(--vscode-descriptionForeground);
  }
  .error {
    color: var(--vscode-lifeline-errorText);
  }
  .warning {
    color: var(--vscode-lifeline-warningText);
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    padding: 0;
    border: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/** What stands above the picture and asks for something to be done. */
export const bannerStyles = css`
  .banner {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 8px;
    padding: 6px 12px;
    border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    border-left: 3px solid var(--vscode-lifeline-error);
    background: var(--vscode-textCodeBlock-background);
    font-size: 12px;
  }
  .banner > span {
    flex: 1 1 240px;
    max-height: 8.4em;
    overflow: auto;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
`;

/** Buttons as VS Code's toolbars have them. */
export const toolStyles = css`
  .tool {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    height: 24px;
    padding: 0 6px;
    border: 1px solid transparent;
    border-radius: 5px;
    background: transparent;
    color: var(--vscode-foreground);
    font: inherit;
    font-size: 12px;
    white-space: nowrap;
    cursor: pointer;
  }
  .tool:hover:not(:disabled) {
    background: var(--vscode-toolbar-hoverBackground);
    outline: 1px dashed var(--vscode-toolbar-hoverOutline, transparent);
    outline-offset: -1px;
  }
  .tool:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  .tool[aria-pressed='true'] {
    background: var(--vscode-inputOption-activeBackground, var(--vscode-toolbar-activeBackground));
    border-color: var(--vscode-inputOption-activeBorder, transparent);
    color: var(--vscode-inputOption-activeForeground, var(--vscode-foreground));
  }
  .tool:disabled {
    opacity: 0.45;
    cursor: default;
  }
  .tool vscode-icon {
    color: inherit;
  }
`;

/** A list of buttons that each lead somewhere: a name on the left, which gives way, and what is said of it on the right. */
export const linkListStyles = css`
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .tool {
    width: 100%;
    gap: 10px;
    overflow: hidden;
  }
  .tool .mono {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .tool .dim {
    margin-left: auto;
  }
`;

/** How something is known: measured, inferred. */
export const provenanceStyles = css`
  .provenance {
    margin-left: 6px;
    padding: 0 6px;
    border: 1px solid color-mix(in srgb, var(--vscode-descriptionForeground) 45%, transparent);
    border-radius: 8px;
    font-size: 10px;
    white-space: nowrap;
    color: var(--vscode-descriptionForeground);
  }
`;

/** A card that lies over the page at its right edge, with a title and a button that closes it. */
export const cardStyles = css`
  :host {
    position: absolute;
    right: 8px;
    z-index: 20;
    max-width: calc(100% - 16px);
    max-height: calc(100% - 60px);
    overflow: auto;
    padding: 10px 14px 14px;
    border: 1px solid var(--vscode-editorHoverWidget-border, var(--vscode-contrastBorder, transparent));
    border-radius: 6px;
    background: var(--vscode-editorHoverWidget-background, var(--vscode-editor-background));
    color: var(--vscode-editorHoverWidget-foreground, var(--vscode-foreground));
    box-shadow: 0 4px 16px var(--vscode-widget-shadow, transparent);
  }
  @media (max-height: 360px) {
    :host {
      max-height: calc(100% - 46px);
    }
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
  }
  h2 {
    margin: 0;
    font-size: 13px;
  }
`;
