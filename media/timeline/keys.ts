/** What the keys do on the picture, in one table: the help card is made from it. */
export type KeyAction =
  | 'panLeft'
  | 'panRight'
  | 'zoomIn'
  | 'zoomOut'
  | 'fit'
  | 'zoomTo'
  | 'back'
  | 'measure'
  | 'scale'
  | 'first'
  | 'newest'
  | 'laneUp'
  | 'laneDown'
  | 'previous'
  | 'next'
  | 'group'
  | 'filter'
  | 'table'
  | 'collapse'
  | 'choose'
  | 'chooseAll'
  | 'runAgain'
  | RequestKey
  | 'inspect'
  | 'clear'
  | 'pause'
  | 'help';

/** What a key does with the selected request. */
const requestKeys = ['replay', 'edit', 'compare', 'pin'] as const;
export type RequestKey = (typeof requestKeys)[number];

export function isRequestKey(action: KeyAction): action is RequestKey {
  return requestKeys.some((each) => each === action);
}

interface KeyBinding {
  readonly action: KeyAction;
  /** As in `KeyboardEvent.key`. */
  readonly keys: readonly string[];
  readonly shown: string;
  readonly does: string;
}

export const keyBindings: readonly KeyBinding[] = [
  { action: 'panLeft', keys: ['ArrowLeft'], shown: '←', does: 'Earlier' },
  { action: 'panRight', keys: ['ArrowRight'], shown: '→', does: 'Later' },
  { action: 'zoomIn', keys: ['+', '='], shown: '+', does: 'Zoom in' },
  { action: 'zoomOut', keys: ['-', '_'], shown: '−', does: 'Zoom out' },
  { action: 'fit', keys: ['0', 'f'], shown: '0 or F', does: 'Zoom to fit' },
  { action: 'zoomTo', keys: ['z'], shown: 'Z', does: 'Zoom to what is measured or selected' },
  { action: 'back', keys: ['Backspace'], shown: 'Backspace', does: 'Back to the view before' },
  { action: 'scale', keys: ['v'], shown: 'V', does: 'Not to scale, or to scale again' },
  { action: 'measure', keys: ['m'], shown: 'M', does: 'Measure from here; again to end (← → move the end)' },
  { action: 'first', keys: ['Home'], shown: 'Home', does: 'To the first request' },
  { action: 'newest', keys: ['End'], shown: 'End', does: 'To the newest, and follow' },
  { action: 'laneUp', keys: ['ArrowUp'], shown: '↑', does: 'Select in the lane above' },
  { action: 'laneDown', keys: ['ArrowDown'], shown: '↓', does: 'Select in the lane below' },
  { action: 'previous', keys: ['[', 'p'], shown: '[ or P', does: 'Previous request' },
  { action: 'next', keys: [']', 'n'], shown: '] or N', does: 'Next request' },
  { action: 'filter', keys: ['/'], shown: '/', does: 'Filter the requests (Ctrl+F too)' },
  { action: 'table', keys: ['t'], shown: 'T', does: 'Show the timeline, the table, or both' },
  { action: 'group', keys: ['g'], shown: 'G', does: 'Group the lanes another way' },
  { action: 'collapse', keys: ['c'], shown: 'C', does: 'Collapse or expand the group' },
  { action: 'choose', keys: ['x'], shown: 'X', does: 'Choose the selected request too, or no longer' },
  { action: 'chooseAll', keys: ['a'], shown: 'A', does: 'Choose all in this stretch of time' },
  { action: 'runAgain', keys: ['r'], shown: 'R', does: 'Run the chosen requests again' },
  { action: 'replay', keys: ['s'], shown: 'S', does: 'Send the selected request again' },
  { action: 'edit', keys: ['e'], shown: 'E', does: 'Edit the selected request and send it' },
  { action: 'compare', keys: ['d'], shown: 'D', does: 'Compare two chosen requests, or one with the one before' },
  { action: 'pin', keys: ['b'], shown: 'B', does: 'Pin or unpin the selected request' },
  { action: 'inspect', keys: ['Enter'], shown: 'Enter', does: 'Open the inspector' },
  { action: 'clear', keys: ['Escape'], shown: 'Esc', does: 'End measuring, else clear the selection' },
  { action: 'pause', keys: [' '], shown: 'Space', does: 'Pause or resume' },
  { action: 'help', keys: ['?'], shown: '?', does: 'Show these keys' },
];

export const mouseHelp: readonly { readonly shown: string; readonly does: string }[] = [
  { shown: 'Wheel', does: 'Scroll the lanes' },
  { shown: 'Ctrl + wheel', does: 'Zoom at the pointer' },
  { shown: 'Shift + wheel', does: 'Earlier or later' },
  { shown: 'Drag', does: 'Move the picture' },
  { shown: 'Drag on the axis', does: 'Zoom to a stretch of time' },
  { shown: 'Shift + drag', does: 'Measure a stretch of time' },
  { shown: 'Ctrl + click', does: 'Choose one more request' },
  { shown: 'Shift + click', does: 'Choose up to a request' },
  { shown: 'Click on a group', does: 'Collapse or expand it' },
  { shown: 'Double click', does: 'Zoom to a request, or to what is measured' },
];

/** The action of a key; none where a modifier makes it VS Code's. */
export function actionOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): KeyAction | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return keyBindings.find((binding) => binding.keys.includes(key))?.action;
}
