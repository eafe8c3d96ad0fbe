import { css } from 'lit';

/** How the page is laid out: bar and filter, picture and inspector beside or below it, footer; chips lie over the picture. */
export const appStyles = css`
  :host {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
    background: var(--vscode-editor-background);
    overflow: hidden;
  }
  .top {
    flex: none;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
  }
  /* What is left of the toolbar's line is the filter's, or it has the next one. */
  lifeline-toolbar {
    flex: 1 1 auto;
    min-width: 0;
    max-width: 100%;
  }
  lifeline-filter {
    flex: 1000 1 320px;
    min-width: 0;
  }
  @media (max-height: 360px) {
    lifeline-filter {
      flex-basis: 180px;
    }
  }
  main {
    flex: 1;
    display: flex;
    min-height: 0;
  }
  main.stacked {
    flex-direction: column;
  }
  .panes {
    flex: 1;
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
  }
  .panes.beside {
    flex-direction: row;
  }
  lifeline-table {
    min-height: 92px;
  }
  .picture {
    position: relative;
    flex: 1;
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
  }
  lifeline-inspector {
    flex: none;
  }
  main:not(.stacked) lifeline-inspector {
    min-width: min(340px, 45%);
  }
  .chips {
    position: absolute;
    right: 20px;
    bottom: 10px;
    z-index: 6;
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
    max-width: calc(100% - 28px);
  }
  .chip {
    border-radius: 13px;
    padding: 0 12px;
    background: var(--vscode-button-background);
    color: var(--vscode-button-foreground);
    border-color: var(--vscode-button-border, var(--vscode-contrastBorder, transparent));
    box-shadow: 0 2px 6px var(--vscode-widget-shadow, transparent);
  }
  .chip:hover:not(:disabled) {
    background: var(--vscode-button-hoverBackground);
  }
`;
