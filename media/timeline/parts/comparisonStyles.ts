import { css } from 'lit';

/** One picture over the other; where the page is low, it scrolls rather than squeeze them. */
export const comparisonStyles = css`
  :host {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
    background: var(--vscode-editor-background);
  }
  header {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 2px 12px;
    padding: 10px 14px 8px;
  }
  h1 {
    margin: 0;
    font-size: 15px;
    font-weight: 600;
    line-height: 20px;
    user-select: text;
  }
  header p {
    grid-column: 1 / -1;
    margin: 0;
    font-size: 12px;
    line-height: 17px;
    user-select: text;
  }
  .tools {
    display: flex;
    align-items: flex-start;
    gap: 2px;
  }
  main {
    flex: 1;
    display: flex;
    flex-direction: column;
    min-height: 0;
    overflow: auto;
  }
  section {
    /* Whole pixels: a canvas between two is blurred. */
    flex: none;
    height: max(210px, round(down, 50%, 1px));
    display: flex;
    flex-direction: column;
    min-height: 0;
    border-top: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
  }
  .run {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px 24px;
    padding: 6px 14px;
    line-height: 18px;
    background: var(--vscode-sideBar-background);
  }
  h2 {
    margin: 0;
    font-size: 13px;
    font-weight: 600;
    white-space: nowrap;
  }
  .model {
    margin-left: 6px;
    padding: 0 8px;
    border-radius: 10px;
    border: 1px solid var(--vscode-contrastBorder, transparent);
    background: var(--vscode-badge-background);
    color: var(--vscode-badge-foreground);
    font-size: 12px;
    font-weight: 400;
  }
  dl {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 20px;
    margin: 0;
    font-size: 12px;
  }
  dl div {
    display: flex;
    gap: 6px;
    white-space: nowrap;
  }
  dt {
    color: var(--vscode-descriptionForeground);
  }
  dd {
    margin: 0;
    font-variant-numeric: tabular-nums;
    font-weight: 600;
  }
  /* Weight, not colour: some themes' red is too faint to be read. */
  .failed {
    font-weight: 600;
  }
  footer {
    padding: 4px 14px;
    border-top: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    font-size: 12px;
    line-height: 17px;
    user-select: text;
  }
`;
