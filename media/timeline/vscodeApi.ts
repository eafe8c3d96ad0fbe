import type { FromWebview } from '../../src/core/trace/messages';

/** What VS Code gives to a webview, once per page. */
export interface VscodeApi {
  postMessage(message: FromWebview): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare global {
  function acquireVsCodeApi(): VscodeApi;
}
