import { css } from 'lit';

/** The request table in the look of VS Code's own lists. */
export const tableStyles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
    font-size: 12px;
  }
  .grid {
    flex: 1;
    min-height: 0;
    overflow: auto;
    outline: none;
    user-select: none;
    font-variant-numeric: tabular-nums;
  }
  .content {
    position: relative;
    min-width: var(--least, 0);
  }
  [role='row'] {
    position: relative;
    display: grid;
    grid-template-columns: var(--columns);
    align-items: center;
    height: 22px;
    /* At the left stands the mark of what is chosen. */
    padding: 0 26px 0 18px;
  }
  /* At the right, in the head, the buttons of the table, which the short title of the bars does not reach. */
  [role='row']:not(:has(> .waterfall)) {
    padding-right: 54px;
  }
  .head {
    position: sticky;
    top: 0;
    z-index: 2;
    background: var(--vscode-editor-background);
  }
  .head [role='row'] {
    height: 26px;
    border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
  }
  .rows {
    position: sticky;
    top: 26px;
    height: var(--room, 0);
    margin-bottom: calc(-1 * var(--room, 0));
    overflow: clip;
  }
  [role='columnheader'] {
    position: relative;
    display: flex;
    align-items: center;
    gap: 2px;
    height: 100%;
    padding: 0 8px;
    overflow: hidden;
    color: var(--vscode-descriptionForeground);
    cursor: pointer;
  }
  [role='columnheader']:hover {
    background: var(--vscode-list-hoverBackground);
  }
  [role='columnheader'][aria-sort$='ending'] {
    color: var(--vscode-foreground);
    font-weight: 600;
  }
  [role='columnheader'].numeric {
    justify-content: flex-end;
  }
  .title {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .arrow {
    flex: none;
    font-size: 10px;
  }
  .sizer {
    position: absolute;
    top: 0;
    right: 0;
    width: 7px;
    height: 100%;
    border-right: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    cursor: col-resize;
    touch-action: none;
  }
  .sizer:hover,
  .sizer.moving {
    border-right: 3px solid var(--vscode-sash-hoverBorder, var(--vscode-focusBorder));
  }
  [role='gridcell'] {
    min-width: 0;
    padding: 0 8px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .text {
    white-space: pre;
    unicode-bidi: isolate;
  }
  .numeric {
    text-align: right;
  }
  [role='gridcell'].path,
  [role='gridcell'].method {
    font-family: var(--vscode-editor-font-family, monospace);
  }
  [role='gridcell'].status vscode-icon {
    vertical-align: -3px;
    margin-right: 3px;
  }
  /* The sign has the colour, the text stays readable in every theme. */
  [role='gridcell'] vscode-icon.error {
    color: var(--vscode-errorForeground);
  }
  [role='gridcell'] vscode-icon.warning {
    color: var(--vscode-lifeline-warningText);
  }
  .dimmed {
    color: var(--vscode-descriptionForeground);
  }
  .rows [role='row']:hover {
    background: var(--vscode-list-hoverBackground);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .rows .chosen {
    background: var(--vscode-list-inactiveSelectionBackground);
  }
  .rows .selected,
  .rows .selected:hover {
    background: var(--vscode-list-inactiveSelectionBackground);
    color: var(--vscode-list-inactiveSelectionForeground, inherit);
    outline: 1px solid var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .grid:focus .selected,
  .grid:focus .selected:hover {
    background: var(--vscode-list-activeSelectionBackground);
    color: var(--vscode-list-activeSelectionForeground, var(--vscode-foreground));
  }
  .grid:focus .selected .dimmed {
    color: inherit;
  }
  .rows .selected::after {
    content: '';
    position: absolute;
    inset: 0 auto 0 0;
    width: 3px;
    background: var(--vscode-focusBorder);
  }
  .rows .chosen::before {
    content: '✓' / '';
    position: absolute;
    left: 5px;
    font-size: 11px;
  }
  .grid:focus .active,
  .grid:focus .selected.active {
    outline: 1px solid var(--vscode-list-focusOutline, var(--vscode-focusBorder));
    outline-offset: -1px;
  }
  [role='gridcell'].waterfall {
    height: 100%;
    padding: 4px 8px;
  }
  .bars {
    position: relative;
    height: 14px;
  }
  .bars .swatch {
    position: absolute;
    top: 0;
    height: 14px;
    margin: 0;
    border-radius: 0;
  }
  .bars .top {
    height: 4px;
    border-bottom: 1px solid var(--vscode-editor-background);
  }
  .bars .bottom {
    top: 10px;
    height: 4px;
    border-top: 1px solid var(--vscode-editor-background);
  }
  .bars .low {
    top: 3px;
    height: 8px;
  }
  .bars .thin {
    top: 5px;
    height: 4px;
    border: 0;
  }
  .bars .open {
    mask-image: linear-gradient(to right, black calc(100% - 16px), rgb(0 0 0 / 30%));
  }
  .columns {
    position: absolute;
    top: 1px;
    right: 2px;
    z-index: 3;
    /* The line below the head goes on under it. */
    height: 24px;
    background: var(--vscode-editor-background);
  }
  .pin {
    position: absolute;
    left: 4px;
    top: 3px;
    color: inherit;
  }
  .none {
    position: absolute;
    inset: 40px 12px auto;
    text-align: center;
    color: var(--vscode-descriptionForeground);
  }
`;
