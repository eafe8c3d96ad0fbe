import {
  ViewColumn,
  window,
  type Disposable,
  type Uri,
  type Webview,
  type WebviewPanel,
  type WebviewView,
} from 'vscode';
import { timelineViewType } from './ids';
import type { TimelineLocation } from './settings';
import { pageIcon } from './webviewPage';

/** What holds the page of the timeline, whichever of the two it is. */
export interface TimelinePlace {
  readonly location: TimelineLocation;
  readonly webview: Webview;
  readonly visible: boolean;
  /** Brings it to the front. */
  show(preserveFocus: boolean): void;
  onDidChangeVisibility(listener: () => void): Disposable;
  onDidDispose(listener: () => void): Disposable;
  /** A tab is closed; a view goes when its setting says so. */
  close(): void;
}

export const timelineTitle = 'Request Timeline';

export function newTab(preserveFocus: boolean): WebviewPanel {
  const where = { viewColumn: ViewColumn.Active, preserveFocus };
  return window.createWebviewPanel(timelineViewType, timelineTitle, where);
}

export function tabPlace(panel: WebviewPanel, extensionUri: Uri): TimelinePlace {
  panel.iconPath = pageIcon(extensionUri);
  return {
    location: 'editor',
    webview: panel.webview,
    get visible() {
      return panel.visible;
    },
    show: (preserveFocus) => panel.reveal(undefined, preserveFocus),
    onDidChangeVisibility: (listener) => panel.onDidChangeViewState(() => listener()),
    onDidDispose: (listener) => panel.onDidDispose(listener),
    close: () => {
      panel.dispose();
    },
  };
}

export function viewPlace(view: WebviewView): TimelinePlace {
  return {
    location: 'panel',
    webview: view.webview,
    get visible() {
      return view.visible;
    },
    show: (preserveFocus) => view.show(preserveFocus),
    onDidChangeVisibility: (listener) => view.onDidChangeVisibility(listener),
    onDidDispose: (listener) => view.onDidDispose(listener),
    close: () => undefined,
  };
}
