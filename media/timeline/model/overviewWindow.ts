import { assertNever } from '../../../src/core/assertNever';

/** How the frame in the overview moves: by pointer and by keys. */

/** From the first instant of the recording to the last. */
export type Recording = TimeWindow;

export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** What is moved: the window as it is, or one of its edges. */
export type Grip = 'window' | 'from' | 'to';

/** ms; no window is shorter */
export const leastSpan = 0.01;

/** The window moved by so many ms: never so far that nothing of the recording is in view. */
export function draggedWindow(shown: TimeWindow, grip: Grip, by: number, recording: Recording): TimeWindow {
  const { from, to } = shown;
  switch (grip) {
    case 'from':
      return { from: Math.min(to - leastSpan, Math.max(Math.min(from, recording.from), from + by)), to };
    case 'to':
      return { from, to: Math.max(from + leastSpan, Math.min(Math.max(to, recording.to), to + by)) };
    case 'window': {
      const half = (to - from) / 2;
      const middle = Math.min(recording.to, Math.max(recording.from, from + half + by));
      return { from: middle - half, to: middle + half };
    }
    default:
      return assertNever(grip);
  }
}

/** What a key does, as sliders have it; undefined where it does nothing. */
export function steppedWindow(
  shown: TimeWindow,
  grip: Grip,
  key: string,
  recording: Recording,
): TimeWindow | undefined {
  const span = shown.to - shown.from;
  const step = span * (grip === 'window' ? 0.1 : 0.05);
  const by = (distance: number): TimeWindow => draggedWindow(shown, grip, distance, recording);
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return by(-step);
    case 'ArrowRight':
    case 'ArrowUp':
      return by(step);
    case 'PageDown':
      return by(-span);
    case 'PageUp':
      return by(span);
    case 'Home':
      return grip === 'window' ? { from: recording.from, to: recording.from + span } : by(recording.from - shown[grip]);
    case 'End':
      return grip === 'window' ? { from: recording.to - span, to: recording.to } : by(recording.to - shown[grip]);
    default:
      return undefined;
  }
}
