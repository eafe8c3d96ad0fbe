/**
 * The colours of states and marks, beside those of the phases: ids of the colours that the extension contributes, as in
 * `contributes.colors`, so that themes and `workbench.colorCustomizations` can set each of them.
 */
export const markColours = {
  /** A request that failed, as a bar; what is broken. */
  error: 'lifeline.error',
  errorText: 'lifeline.errorText',
  warning: 'lifeline.warning',
  warningText: 'lifeline.warningText',
  info: 'lifeline.info',
  /** The server runs. */
  running: 'lifeline.running',
  /** The thin line of a connection that is open, without a request. */
  idle: 'lifeline.idle',
  /** The line of open connections in the strip. */
  connections: 'lifeline.connections',
} as const;

export type MarkColour = keyof typeof markColours;
