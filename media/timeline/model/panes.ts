/** What the page shows of the requests: the picture, the table, or both. */
export const panes = ['timeline', 'both', 'table'] as const;
export type Panes = (typeof panes)[number];

export const paneNames: Readonly<Record<Panes, string>> = {
  timeline: 'Timeline',
  both: 'Timeline and Table',
  table: 'Table',
};
