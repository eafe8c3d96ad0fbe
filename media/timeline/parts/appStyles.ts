import { css } from 'lit';

/** How the page is laid out: bar, picture and inspector beside or below it, footer; chips lie over the picture. */
export const appStyles = css`
  :host {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
    background: var(--vscode-editor-background);
    overflow: hidden;
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
    min-width: 340px;
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
