import { css } from 'lit';

/** The table of the environ: three columns, or two with the third below where there is little room. */
export const environStyles = css`
  :host {
    display: block;
    container-type: inline-size;
    font-size: 12px;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 10px;
    margin-bottom: 8px;
  }
  .tools input[type='search'],
  .tools select {
    height: 24px;
    min-width: 0;
    padding: 0 6px;
    border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, var(--vscode-panel-border)));
    border-radius: 3px;
    background: var(--vscode-input-background, var(--vscode-editor-background));
    color: var(--vscode-input-foreground, var(--vscode-foreground));
    font: inherit;
    font-size: 12px;
  }
  .tools input[type='search'] {
    flex: 1 1 120px;
  }
  .tools select {
    flex: 0 1 auto;
    max-width: 100%;
    background: var(--vscode-dropdown-background, var(--vscode-editor-background));
    color: var(--vscode-dropdown-foreground, var(--vscode-foreground));
  }
  .tools :focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  .tools label {
    display: flex;
    align-items: center;
    gap: 5px;
  }
  .count {
    margin-left: auto;
    white-space: nowrap;
  }
  [role='row'] {
    display: grid;
    grid-template-columns: minmax(150px, 1.2fr) 2.2fr minmax(110px, 0.9fr);
    gap: 0 12px;
    padding: 3px 0;
    align-items: baseline;
    border-bottom: 1px solid color-mix(in srgb, var(--vscode-descriptionForeground) 14%, transparent);
  }
  .head {
    font-size: 11px;
  }
  .name {
    color: var(--vscode-descriptionForeground);
    overflow-wrap: anywhere;
  }
  .value {
    overflow-wrap: anywhere;
    user-select: text;
    min-height: 18px;
  }
  .object {
    font-style: italic;
  }
  .before {
    display: block;
  }
  .changed .name,
  .added .name {
    color: var(--vscode-foreground);
    font-weight: 600;
  }
  .gone .name {
    text-decoration: line-through;
  }
  .gone .value {
    color: var(--vscode-descriptionForeground);
  }
  .mark {
    display: inline-block;
    width: 2ch;
    font-weight: 600;
    color: var(--vscode-lifeline-info);
  }
  .tool.copy,
  .tool.reveal {
    height: 18px;
    padding: 0 4px;
    margin-left: 4px;
    vertical-align: middle;
    color: var(--vscode-textLink-foreground);
  }
  .tool.copy {
    opacity: 0;
  }
  [role='row']:hover .copy,
  .copy:focus-visible {
    opacity: 1;
  }
  .tool.reveal {
    font-size: 11px;
  }
  .origin {
    overflow-wrap: anywhere;
  }
  /* Many stand below one another: they are links, and no more than that. */
  a {
    color: inherit;
    text-decoration: underline dotted;
    text-underline-offset: 2px;
    outline-offset: 1px;
  }
  a:hover {
    color: var(--vscode-textLink-foreground);
    text-decoration: underline;
  }
  a:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
  }
  @container (max-width: 520px) {
    [role='row'] {
      grid-template-columns: minmax(110px, 0.9fr) 1.4fr;
    }
    .name {
      grid-row: span 2;
    }
    [role='row']:not(.head) .origin {
      grid-column: 2;
      font-size: 11px;
    }
    .head > :last-child {
      display: none;
    }
  }
`;
