import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';

/**
 * Fills a webview with one of our pages. Nothing but our own script runs in it, and it loads nothing from anywhere else.
 *
 * @param element the custom element that is the page
 */
export function fillWebview(webview: Webview, extensionUri: Uri, title: string, element: string): void {
  const folder = Uri.joinPath(extensionUri, 'dist', 'timeline');
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  const nonce = randomBytes(16).toString('base64');
  const fileUri = (name: string): string => webview.asWebviewUri(Uri.joinPath(folder, name)).toString();
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `font-src ${webview.cspSource}`,
    // Bodies that are images are drawn from memory.
    `img-src blob:`,
  ].join('; ');
  webview.html = `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <link rel="stylesheet" id="vscode-codicon-stylesheet" nonce="${nonce}" href="${fileUri('styles.css')}">
  </head>
  <body>
    <${element}></${element}>
    <script nonce="${nonce}" src="${fileUri('timeline.js')}"></script>
  </body>
</html>`;
}

/** Of a tab. */
export function pageIcon(extensionUri: Uri): Uri {
  return Uri.joinPath(extensionUri, 'media', 'icon.png');
}
