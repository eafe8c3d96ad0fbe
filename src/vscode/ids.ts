/** Every name that `package.json` and the code must agree on, written once. A test compares the two. */
export const commandIds = {
  startServer: 'lifeline.startServer',
  stopServer: 'lifeline.stopServer',
  restartServer: 'lifeline.restartServer',
  showTimeline: 'lifeline.showTimeline',
  setAppFile: 'lifeline.setAppFile',
  /** The same with the words for a context menu: it gets the file's Uri. */
  setAsAppFile: 'lifeline.setAsAppFile',
  setConcurrency: 'lifeline.setConcurrency',
  openInBrowser: 'lifeline.openInBrowser',
  showLog: 'lifeline.showLog',
  showMenu: 'lifeline.showMenu',
  runAgain: 'lifeline.runAgain',
  /** Of the connections view: they get the element. */
  revealOnTimeline: 'lifeline.revealOnTimeline',
  closeConnection: 'lifeline.closeConnection',
} as const;

export type CommandId = (typeof commandIds)[keyof typeof commandIds];

export const contextKeys = {
  /** A `ServerStatus`. */
  status: 'lifeline.status',
  /** The server accepts connections; true also where its app has failed. */
  listening: 'lifeline.listening',
} as const;

export const timelineViewType = 'lifeline.timeline';
export const timelineViewId = 'lifeline.timelineView';
export const connectionsViewId = 'lifeline.connections';
export const comparisonViewType = 'lifeline.comparison';

/** Of the editor itself. */
export const editorCommands = {
  manageTrust: 'workbench.trust.manage',
  openFolder: 'workbench.action.files.openFolder',
  openSettings: 'workbench.action.openSettings',
} as const;
