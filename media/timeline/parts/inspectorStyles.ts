import { css } from 'lit';

/** How the inspector is laid out: title, who, tabs, and what stands in them. */
export const inspectorStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
    overflow: hidden;
    --vscode-panel-background: transparent;
  }
  header {
    display: flex;
    align-items: flex-start;
    gap: 8px;
    padding: 8px 8px 2px 14px;
  }
  h2 {
    flex: 1;
    margin: 2px 0 0;
    font-size: 14px;
    font-weight: 600;
    line-height: 1.35;
    max-height: 6.8em;
    overflow: auto;
    overflow-wrap: anywhere;
    user-select: text;
    outline-offset: 2px;
  }
  h2:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
  }
  .who {
    padding: 0 14px;
    font-size: 12px;
    color: var(--vscode-descriptionForeground);
    user-select: text;
    display: flex;
    flex-wrap: wrap;
    gap: 0 14px;
  }
  .scroll {
    flex: 1;
    min-height: 0;
    overflow: auto;
    container-type: inline-size;
  }
  .body {
    padding: 10px 14px 20px;
  }
  .body.fills {
    box-sizing: border-box;
    height: 100%;
    padding-bottom: 10px;
  }
  .problem {
    max-height: 11em;
    overflow: auto;
    margin: 8px 14px 2px;
    padding: 7px 11px;
    border-left: 3px solid var(--vscode-lifeline-error);
    background: var(--vscode-textCodeBlock-background);
    color: var(--vscode-foreground);
    font-size: 12px;
    overflow-wrap: anywhere;
    user-select: text;
  }
  .problem.warning {
    border-color: var(--vscode-lifeline-warning);
  }
  .problem.plain {
    border-color: var(--vscode-lifeline-info);
  }
  pre {
    margin: 0;
    overflow: auto;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    user-select: text;
  }
  .where {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
    margin-top: 3px;
  }
  .doubt {
    margin: 0 0 14px;
    font-size: 12px;
    color: var(--vscode-lifeline-warningText);
    user-select: text;
  }
  .facts {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(58px, 1fr));
    gap: 8px 12px;
    margin: 0 0 14px;
  }
  .facts dt {
    font-size: 11px;
    color: var(--vscode-descriptionForeground);
  }
  .facts dd {
    margin: 0;
    font-size: 14px;
    font-variant-numeric: tabular-nums;
  }
  lifeline-tabs {
    flex: 1;
  }
  /* Where the page is low, what stands in the tabs needs the room. */
  @media (max-height: 360px) {
    header {
      align-items: center;
      padding: 3px 4px 0 12px;
    }
    h2 {
      margin: 0;
      font-size: 13px;
      white-space: nowrap;
      overflow: hidden;
      text-overflow: ellipsis;
    }
    .who {
      flex-wrap: nowrap;
      padding: 0 12px;
      overflow: hidden;
      white-space: nowrap;
    }
    .who > span {
      min-width: 0;
      overflow: hidden;
      text-overflow: ellipsis;
    }
    .who > span:last-child {
      flex-shrink: 1000;
    }
    .body,
    .body.fills {
      padding: 6px 12px 8px;
    }
    .problem {
      margin: 4px 12px 2px;
      padding: 3px 11px;
      max-height: 4.5em;
    }
  }
`;
