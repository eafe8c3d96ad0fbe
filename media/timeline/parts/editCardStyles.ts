import { css } from 'lit';

/** A form in a card over the page; its fields are VS Code's inputs. */
export const editCardStyles = css`
  dialog {
    display: flex;
    flex-direction: column;
    gap: 8px;
    width: min(760px, calc(100vw - 16px));
    max-width: none;
    max-height: calc(100vh - 16px);
    padding: 10px 14px 12px;
    border: 1px solid var(--vscode-editorHoverWidget-border, var(--vscode-contrastBorder, transparent));
    border-radius: 6px;
    background: var(--vscode-editorHoverWidget-background, var(--vscode-editor-background));
    color: var(--vscode-editorHoverWidget-foreground, var(--vscode-foreground));
    box-shadow: 0 4px 16px var(--vscode-widget-shadow, transparent);
  }
  dialog::backdrop {
    background: color-mix(in srgb, var(--vscode-editor-background) 55%, transparent);
  }
  header,
  .footer {
    display: flex;
    align-items: center;
    gap: 8px;
    flex: none;
  }
  .footer {
    flex-wrap: wrap;
  }
  header h2,
  .footer > :first-child {
    flex: 1;
  }
  .footer > :first-child {
    min-width: 160px;
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  h2 {
    margin: 0;
    font-size: 13px;
  }
  .form {
    display: flex;
    flex-direction: column;
    gap: 10px;
    min-height: 0;
    overflow: auto;
    padding: 1px;
  }
  input:not([type='checkbox']),
  select,
  textarea {
    min-width: 0;
    width: 100%;
    padding: 3px 6px;
    border: 1px solid var(--vscode-input-border, var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)));
    border-radius: 3px;
    background: var(--vscode-input-background, transparent);
    color: var(--vscode-input-foreground, var(--vscode-foreground));
    font-size: 12px;
  }
  select {
    width: auto;
    font-family: inherit;
    background: var(--vscode-dropdown-background, var(--vscode-input-background, transparent));
    color: var(--vscode-dropdown-foreground, var(--vscode-foreground));
  }
  option {
    background: var(--vscode-dropdown-background);
    color: var(--vscode-dropdown-foreground);
  }
  input:focus-visible,
  select:focus-visible,
  textarea:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  input[readonly] {
    background: transparent;
    color: var(--vscode-descriptionForeground);
  }
  input[type='checkbox'] {
    margin: 0;
    accent-color: var(--vscode-focusBorder);
  }
  textarea {
    display: block;
    margin: 4px 0 2px;
    resize: vertical;
  }
  .line {
    display: grid;
    grid-template-columns: 88px minmax(0, 1fr) auto;
    gap: 6px;
  }
  fieldset {
    display: flex;
    flex-direction: column;
    gap: 4px;
    margin: 0;
    padding: 0;
    border: 0;
  }
  fieldset > .tool {
    align-self: flex-start;
  }
  legend,
  .body {
    padding: 0;
    font-size: 12px;
  }
  legend {
    margin-bottom: 4px;
  }
  .field {
    display: grid;
    /* “Content-Length” has room. */
    grid-template-columns: 16px minmax(118px, 1fr) minmax(0, 2.2fr) 32px;
    align-items: center;
    gap: 6px;
  }
  .field.off input:not([type='checkbox']) {
    opacity: 0.55;
    text-decoration: line-through;
  }
  .field.own > .mono {
    padding: 3px 7px;
    color: var(--vscode-descriptionForeground);
  }
  .field.own > .dim {
    font-size: 11px;
  }
  .value {
    display: flex;
    gap: 4px;
    min-width: 0;
  }
  .value .tool {
    color: var(--vscode-textLink-foreground);
  }
  .body .dim {
    display: block;
  }
  .check {
    display: flex;
    align-items: center;
    gap: 6px;
    font-size: 12px;
  }
  .notes {
    flex: none;
    max-height: 8em;
    overflow: auto;
    margin: 0;
    padding: 0;
    list-style: none;
    font-size: 12px;
    overflow-wrap: anywhere;
  }
  .notes li {
    display: flex;
    gap: 6px;
  }
  .notes p {
    margin: 0;
  }
  .send {
    padding: 4px 14px;
    border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent));
    border-radius: 3px;
    background: var(--vscode-button-background);
    color: var(--vscode-button-foreground);
    font: inherit;
    font-size: 12px;
    max-width: 220px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    cursor: pointer;
  }
  .send:hover:not(:disabled) {
    background: var(--vscode-button-hoverBackground);
  }
  .send:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 2px;
  }
  .send:disabled {
    opacity: 0.45;
    cursor: default;
  }
`;
