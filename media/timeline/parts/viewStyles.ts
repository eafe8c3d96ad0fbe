import { css } from 'lit';

/** How the layers of the picture lie over each other: canvas, scroll area, axis, numbers, tooltip. */
export const viewStyles = css`
  :host {
    position: relative;
    display: block;
    flex: 1;
    min-height: 0;
    overflow: hidden;
  }
  .view {
    position: absolute;
    inset: 0;
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
  .axis {
    position: absolute;
    right: 0;
    cursor: col-resize;
  }
`;
