import { css } from 'lit';

/** A message that scrolls, and how parts of it are lit up, alike in the list of parts and among the bytes. */
export const rawStyles = css`
  .piece {
    border-radius: 2px;
  }
  .lit {
    background: var(--vscode-editor-selectionBackground, var(--vscode-list-activeSelectionBackground));
    color: var(--vscode-editor-selectionForeground, inherit);
    outline: 1px solid var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  :host {
    display: flex;
    min-height: 0;
  }
  .scroller {
    flex: 1;
    min-width: 0;
    overflow: auto;
  }
  .scroller:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  .spacer {
    overflow: hidden;
  }
`;
