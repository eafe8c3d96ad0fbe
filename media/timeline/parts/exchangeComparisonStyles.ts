import { css } from 'lit';

/** Two requests in a column as narrow as the inspector: what belongs together stands below each other. */
export const exchangeComparisonStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-width: 0;
    min-height: 0;
    overflow: hidden;
  }
  header {
    display: flex;
    align-items: center;
    gap: 4px;
    padding: 8px 8px 6px 14px;
  }
  h2 {
    flex: 1;
    margin: 0;
    font-size: 14px;
    font-weight: 600;
  }
  h2:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 2px;
  }
  h3 {
    margin: 16px 0 6px;
    font-size: 12px;
    font-weight: 600;
  }
  p {
    margin: 4px 0 0;
    font-size: 12px;
    overflow-wrap: anywhere;
    user-select: text;
  }
  .scroll {
    flex: 1;
    min-height: 0;
    overflow: auto;
    padding: 0 14px 20px;
  }
  .sides {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(260px, 100%), 1fr));
    gap: 8px;
  }
  section {
    padding: 6px 10px 8px;
    border: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    border-radius: 4px;
    min-width: 0;
  }
  section .tool {
    max-width: 100%;
    margin-left: -6px;
    gap: 8px;
  }
  section .mono {
    overflow: hidden;
    text-overflow: ellipsis;
    color: var(--vscode-textLink-foreground);
  }
  .letter {
    flex: none;
    font-weight: 600;
  }
  table {
    width: 100%;
    margin-top: 14px;
    border-collapse: collapse;
    font-size: 12px;
  }
  th,
  td {
    padding: 3px 0 3px 10px;
    font-weight: 400;
    text-align: left;
    white-space: nowrap;
  }
  th:first-child {
    padding-left: 0;
    white-space: normal;
  }
  thead th {
    color: var(--vscode-descriptionForeground);
  }
  .number {
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
  .differs .number:last-child {
    font-weight: 600;
  }
  .bars td {
    padding: 0 0 6px;
    border-bottom: 1px solid color-mix(in srgb, var(--vscode-descriptionForeground) 14%, transparent);
  }
  .row {
    display: flex;
    align-items: center;
    gap: 6px;
    margin-top: 2px;
    font-size: 10px;
    line-height: 1;
  }
  .track {
    flex: 1;
    height: 8px;
  }
  .fields {
    margin: 0;
    font-size: 12px;
  }
  .fields > div {
    padding: 3px 0 3px 8px;
    margin-bottom: 4px;
    border-left: 3px solid var(--vscode-lifeline-warning);
  }
  .fields > .added {
    border-color: var(--vscode-lifeline-running);
  }
  .fields > .removed {
    border-color: var(--vscode-lifeline-error);
  }
  dd {
    display: flex;
    gap: 8px;
    margin: 1px 0 0;
    overflow-wrap: anywhere;
    user-select: text;
  }
  dd > :last-child {
    min-width: 0;
  }
  .change {
    margin-left: 6px;
    font-family: var(--vscode-font-family);
    font-size: 11px;
    color: var(--vscode-descriptionForeground);
  }
`;
