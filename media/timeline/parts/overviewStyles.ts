import { css } from 'lit';

/** The overview: a caption over the titles, beside it the drawing under the window's frame. */
export const overviewStyles = css`
  :host {
    position: relative;
    display: flex;
    flex: none;
    height: 27px;
    border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    background: var(--vscode-sideBar-background, var(--vscode-editor-background));
    font-size: 11px;
    user-select: none;
    overflow: hidden;
  }
  .caption {
    flex: none;
    width: calc(var(--titles, 236px) - 1px);
    padding: 0 8px 0 12px;
    line-height: 26px;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .map {
    position: relative;
    flex: none;
    width: var(--plot, 100%);
    border-left: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    box-sizing: content-box;
    overflow: hidden;
    cursor: pointer;
    touch-action: none;
  }
  svg {
    position: absolute;
    top: 0;
    left: 0;
  }
  .in-flight {
    fill: var(--vscode-lifeline-app, hotpink);
    fill-opacity: 0.55;
  }
  .faint {
    fill: var(--vscode-sideBar-background, var(--vscode-editor-background));
  }
  .stripe {
    fill: var(--vscode-lifeline-queue, hotpink);
  }
  .longest {
    fill: none;
    stroke: var(--vscode-lifeline-connections, var(--vscode-foreground));
    stroke-opacity: 0.7;
  }
  .failed {
    fill: var(--vscode-lifeline-error, var(--vscode-errorForeground));
  }
  .frame {
    position: absolute;
    top: 0;
    bottom: 0;
    left: 0;
    border: 1px solid var(--vscode-foreground);
    /* What lies outside is dimmed. */
    box-shadow: 0 0 0 10000px color-mix(in srgb, var(--vscode-editor-background) 55%, transparent);
    cursor: grab;
  }
  .frame:active {
    cursor: grabbing;
  }
  .edge {
    position: absolute;
    top: 0;
    bottom: 0;
    width: 9px;
    cursor: ew-resize;
  }
  /* Grips stand within the frame, so that they show at the ends of the recording too. */
  .edge.from {
    left: -2px;
  }
  .edge.to {
    left: -7px;
  }
  .edge::after {
    content: '';
    position: absolute;
    top: 7px;
    bottom: 7px;
    left: 3px;
    width: 3px;
    border-radius: 2px;
    background: var(--vscode-foreground);
  }
  .frame:focus-visible,
  .edge:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  .edge:focus-visible::after {
    background: var(--vscode-focusBorder);
  }
  @media (max-width: 700px) {
    .word {
      display: none;
    }
  }
  @media (max-width: 480px) {
    .count {
      display: none;
    }
  }
  @media (max-height: 320px) {
    :host {
      display: none;
    }
  }
`;
