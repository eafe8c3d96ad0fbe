import { css } from 'lit';

/** The toolbar takes one line; what has no room there goes step by step, last what names the server. */
export const toolbarStyles = css`
  :host {
    display: block;
  }
  .bar {
    display: flex;
    align-items: center;
    gap: 2px;
    height: 36px;
    padding: 0 8px;
    overflow: hidden;
  }
  .server {
    gap: 7px;
    background: var(--vscode-toolbar-hoverBackground);
    border-radius: 12px;
    padding: 0 10px;
    flex: none;
  }
  .server:disabled {
    opacity: 1;
  }
  .dot {
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--vscode-descriptionForeground);
  }
  .dot.running {
    background: var(--vscode-lifeline-running);
  }
  .dot.starting,
  .dot.stopping {
    background: var(--vscode-lifeline-warning);
  }
  .dot.failed {
    background: var(--vscode-lifeline-error);
  }
  .app {
    min-width: 0;
    flex: 0 1 auto;
  }
  .app span {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .concurrency {
    font-size: 12px;
    white-space: nowrap;
  }
  .space {
    flex: 1 1 0;
  }
  .divider {
    width: 1px;
    height: 16px;
    margin: 0 4px;
    flex: none;
    background: var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
  }
  .tool {
    flex: none;
  }
  .grouping {
    position: relative;
  }
  .grouping select {
    position: absolute;
    inset: 0;
    width: 100%;
    opacity: 0;
    cursor: pointer;
  }
  .grouping:focus-within {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  option {
    background: var(--vscode-dropdown-background);
    color: var(--vscode-dropdown-foreground);
  }
  .tool.app {
    flex: 0 1 auto;
    max-width: 260px;
  }
  .more {
    display: none;
    flex: none;
  }
  @media (max-width: 1200px), (max-height: 360px) {
    .label {
      display: none;
    }
  }
  @media (max-height: 360px) {
    .bar {
      height: 32px;
    }
    .tool.app {
      max-width: 180px;
    }
  }
  @media (max-width: 760px), (max-width: 1060px) and (max-height: 360px) {
    .concurrency,
    .app,
    .spare {
      display: none;
    }
    .more {
      display: block;
    }
  }
  @media (max-width: 440px), (max-width: 760px) and (max-height: 360px) {
    .divider {
      display: none;
    }
  }
  @media (max-width: 440px) {
    .bar {
      gap: 0;
      padding: 0 4px;
    }
    .tool {
      padding: 0 3px;
    }
    .server {
      padding: 0 8px;
    }
  }
  @media (max-width: 430px) {
    /* The port says which server it is. */
    .host {
      display: none;
    }
  }
  @media (max-width: 330px) {
    .keyed {
      display: none;
    }
  }
`;
