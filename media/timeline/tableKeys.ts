import { actionOf, isRequestKey, type KeyAction } from './keys';

/** What a key does in the table. */
export type TableMove =
  | { readonly kind: 'rows'; readonly by: number; readonly choosing: boolean }
  | { readonly kind: 'pages'; readonly by: number; readonly choosing: boolean }
  | { readonly kind: 'columns'; readonly by: number }
  /** Of the column in whose head the keyboard is. */
  | { readonly kind: 'resize'; readonly by: number }
  | { readonly kind: 'sort' }
  | { readonly kind: 'choose' }
  | { readonly kind: 'menu' }
  /** What the picture has a key for, too. */
  | { readonly kind: 'act'; readonly action: KeyAction };

/** For the help card. */
export const tableHelp: readonly { readonly shown: string; readonly does: string }[] = [
  { shown: '↑ ↓', does: 'Select the row above or below' },
  { shown: '← →', does: 'Go through the cells of a row' },
  { shown: 'Home, End', does: 'To the first or last row' },
  { shown: '↑ on the first', does: 'To the heads of the columns' },
  { shown: 'Enter on a head', does: 'Sort by it, the other way, not at all' },
  { shown: 'Shift + ← →', does: 'Make a column narrower or wider' },
  { shown: 'Space', does: 'Choose the row too, or no longer' },
  { shown: 'Shift + ↑ ↓', does: 'Choose up to the row above or below' },
  { shown: 'Shift + F10', does: 'Menu of the row, or of the columns' },
];

/** Those of the picture's keys that mean the same here. */
const shared: readonly KeyAction[] = ['filter', 'table', 'inspect', 'clear', 'runAgain', 'group', 'fit', 'help'];

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** @param head the keyboard is in the heads of the columns */
export function moveOf(event: KeyPress, head: boolean): TableMove | undefined {
  const { key, shiftKey } = event;
  if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) return { kind: 'menu' };
  if (event.altKey || event.metaKey) return undefined;
  const choosing = shiftKey && !head;
  switch (key) {
    case 'Home':
      return { kind: 'rows', by: -Infinity, choosing };
    case 'End':
      return { kind: 'rows', by: Infinity, choosing };
  }
  if (event.ctrlKey) return undefined;
  switch (key) {
    case 'ArrowUp':
      return { kind: 'rows', by: -1, choosing };
    case 'ArrowDown':
      return { kind: 'rows', by: 1, choosing };
    case 'PageUp':
      return { kind: 'pages', by: -1, choosing };
    case 'PageDown':
      return { kind: 'pages', by: 1, choosing };
    case 'ArrowLeft':
    case 'ArrowRight': {
      const by = key === 'ArrowLeft' ? -1 : 1;
      return head && shiftKey ? { kind: 'resize', by: 16 * by } : { kind: 'columns', by };
    }
    case 'Enter':
    case ' ':
      if (head) return { kind: 'sort' };
      if (key === ' ') return { kind: 'choose' };
  }
  const action = actionOf(event);
  if (action === 'choose') return head ? undefined : { kind: 'choose' };
  if (action === undefined || !(shared.includes(action) || isRequestKey(action))) return undefined;
  return { kind: 'act', action };
}
