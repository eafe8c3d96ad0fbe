import { ViewColumn, window, type Uri } from 'vscode';
import type { Comparison } from '../core/trace/comparison';
import { concurrencyName } from '../core/trace/concurrency';
import type { FromWebview, ToComparison } from '../core/trace/messages';
import { comparisonViewType } from './ids';
import { fillWebview, pageIcon } from './webviewPage';

/** Shows two runs beside each other, in a tab of their own: a later comparison does not replace it. */
export function showComparison(extensionUri: Uri, comparison: Comparison): void {
  const names = comparison.runs.map(({ model, slots }) => concurrencyName(model, slots));
  const panel = window.createWebviewPanel(comparisonViewType, names.join(' | '), ViewColumn.Active);
  // A hidden page is unloaded; when it is shown again it asks again.
  panel.webview.onDidReceiveMessage((message: FromWebview) => {
    const answer: ToComparison = { type: 'comparison', comparison };
    if (message.type === 'ready') void panel.webview.postMessage(answer);
  });
  panel.iconPath = pageIcon(extensionUri);
  fillWebview(panel.webview, extensionUri, 'Comparison of Two Runs', 'lifeline-comparison');
}
