import { css } from 'lit';

/** The box as VS Code's own inputs are, and what it offers as VS Code's suggestions. */
export const filterBoxStyles = css`
  :host {
    display: block;
    container-type: inline-size;
    /* Its list lies over the picture. */
    position: relative;
    z-index: 15;
  }
  .row {
    display: flex;
    align-items: center;
    gap: 6px;
    padding: 4px 8px;
  }
  .box {
    flex: 1;
    display: flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
    height: 26px;
    padding: 0 2px 0 6px;
    border: 1px solid var(--vscode-input-border, var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)));
    border-radius: 4px;
    background: var(--vscode-input-background, transparent);
    color: var(--vscode-input-foreground, var(--vscode-foreground));
  }
  .box:focus-within {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  .box.invalid {
    border-color: var(--vscode-inputValidation-errorBorder, var(--vscode-lifeline-error));
  }
  .box > vscode-icon {
    color: var(--vscode-descriptionForeground);
  }
  input {
    flex: 1;
    min-width: 0;
    border: 0;
    outline: none;
    padding: 0;
    background: transparent;
    color: inherit;
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: 12px;
  }
  input::placeholder {
    color: var(--vscode-input-placeholderForeground, var(--vscode-descriptionForeground));
    opacity: 1;
  }
  .box .tool {
    height: 20px;
    padding: 0 2px;
  }
  .row > .tool {
    flex: none;
  }
  .count {
    flex: none;
    color: var(--vscode-descriptionForeground);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  .count.none {
    color: inherit;
    font-weight: 600;
  }
  .problem {
    padding: 0 10px 6px;
    color: var(--vscode-lifeline-errorText);
    font-size: 12px;
    overflow-wrap: anywhere;
  }
  .offers {
    position: absolute;
    top: calc(100% - 2px);
    --wide: min(560px, 100vw - 16px);
    left: min(8px, calc(100% - 8px - var(--wide)));
    width: var(--wide);
    max-height: max(60vh, min(260px, 100vh - 48px));
    overflow: auto;
    border: 1px solid var(--vscode-editorSuggestWidget-border, var(--vscode-contrastBorder, transparent));
    border-radius: 4px;
    background: var(--vscode-editorHoverWidget-background, var(--vscode-editor-background));
    color: var(--vscode-editorHoverWidget-foreground, var(--vscode-foreground));
    box-shadow: 0 4px 16px var(--vscode-widget-shadow, transparent);
    font-size: 12px;
  }
  .offer {
    display: flex;
    gap: 12px;
    padding: 3px 10px;
    cursor: pointer;
  }
  .offer .mono {
    flex: 0 0 150px;
    overflow-wrap: anywhere;
  }
  .offer:hover {
    background: var(--vscode-list-hoverBackground);
  }
  .offer[aria-selected='true'] {
    background: var(--vscode-list-activeSelectionBackground);
    color: var(--vscode-list-activeSelectionForeground, inherit);
    outline: 1px solid var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .does {
    min-width: 0;
    opacity: 0.85;
  }
  .syntax {
    padding: 5px 10px;
    border-top: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
  }
  kbd {
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: 11px;
    white-space: nowrap;
  }
  @media (max-height: 360px) {
    .row {
      padding: 2px 8px;
    }
  }
  @container (max-width: 520px) {
    .label {
      display: none;
    }
    .offer .mono {
      flex-basis: 120px;
    }
  }
  @container (max-width: 300px) {
    .row {
      gap: 2px;
    }
    .count {
      display: none;
    }
  }
`;
