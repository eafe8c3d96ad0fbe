import { css } from 'lit';

/** How the layers of the picture lie over each other: canvas, scroll area, axis, numbers, tooltip. */
export const viewStyles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    flex: 1;
    min-height: 0;
    overflow: hidden;
  }
  .view {
    position: relative;
    flex: 1;
    min-height: 0;
    outline: none;
    user-select: none;
    touch-action: none;
  }
  .view:focus-visible::after {
    content: '';
    position: absolute;
    inset: 0;
    border: 1px solid var(--vscode-focusBorder);
    pointer-events: none;
    z-index: 3;
  }
  canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
  }
  .scroller {
    position: absolute;
    inset: 0;
    overflow: hidden auto;
  }
  .scroller.pointing {
    cursor: pointer;
  }
  .scroller.dragging {
    cursor: grabbing;
  }
  lifeline-numbers {
    position: absolute;
    top: 0;
    left: 0;
    pointer-events: none;
  }
  lifeline-measure,
  .note {
    left: 12px;
  }
  .note {
    position: absolute;
    bottom: 10px;
    z-index: 6;
    padding: 3px 12px;
    border: 1px solid var(--vscode-editorHoverWidget-border, var(--vscode-contrastBorder, transparent));
    border-radius: 5px;
    background: var(--vscode-editorHoverWidget-background, var(--vscode-editor-background));
    font-size: 12px;
  }
  .axis {
    position: absolute;
    right: 0;
    cursor: col-resize;
  }
`;
