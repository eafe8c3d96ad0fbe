/**
 * Pointer and wheel on the picture, told as what they mean. A press that does not move is a click; one that moves is
 * a drag, from the first pixels on.
 */
export interface GestureTarget {
  /** Moves the picture by pixels. */
  pan(dx: number, dy: number): void;
  zoom(x: number, factor: number): void;
  scroll(dy: number): void;
  /** A stretch of the axis is being chosen; `done` when the button is let go. */
  range(from: number, to: number, done: boolean): void;
  /** A stretch of time is being measured; `done` when the button is let go. */
  measure(from: number, to: number, done: boolean): void;
  click(x: number, y: number, kind: ClickKind): void;
  doubleClick(x: number, y: number): void;
  hover(x: number, y: number): void;
  leave(): void;
}

/** As lists have it: a plain click selects, with Ctrl (or ⌘) it adds one, with Shift it goes on to here. */
export type ClickKind = 'plain' | 'toggle' | 'range';

type Zone = 'axis' | 'picture';
/** What a drag does. */
type Drag = 'range' | 'measure' | 'pan';

const dragFrom = 4;

/**
 * @param element listens and captures the pointer
 * @param zoneOf which zone a point of the element lies in; undefined where another element takes the pointer
 */
export function listenForGestures(
  element: HTMLElement,
  zoneOf: (x: number, y: number, event: PointerEvent) => Zone | undefined,
  target: GestureTarget,
): void {
  let pressed: { drag: Drag; x: number; y: number; lastX: number; lastY: number; moved: boolean } | undefined;

  const pointOf = (event: MouseEvent): { x: number; y: number } => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  element.addEventListener('pointerdown', (event) => {
    const { x, y } = pointOf(event);
    const zone = event.button === 0 ? zoneOf(x, y, event) : undefined;
    if (zone) pressed = { drag: dragOf(zone, event), x, y, lastX: x, lastY: y, moved: false };
  });

  element.addEventListener('pointermove', (event) => {
    const { x, y } = pointOf(event);
    if (!pressed) {
      target.hover(x, y);
      return;
    }
    if (!pressed.moved && Math.hypot(x - pressed.x, y - pressed.y) < dragFrom) return;
    if (!pressed.moved) {
      pressed.moved = true;
      element.setPointerCapture(event.pointerId);
      target.leave();
    }
    if (pressed.drag !== 'pan') target[pressed.drag](pressed.x, x, false);
    else target.pan(pressed.lastX - x, pressed.lastY - y);
    pressed.lastX = x;
    pressed.lastY = y;
  });

  element.addEventListener('pointerup', (event) => {
    if (!pressed) return;
    const { x, y } = pointOf(event);
    const { drag, moved, x: from } = pressed;
    pressed = undefined;
    if (!moved) target.click(x, y, kindOf(event));
    else if (drag !== 'pan') target[drag](from, x, true);
  });

  element.addEventListener('pointercancel', () => {
    pressed = undefined;
    target.leave();
  });
  element.addEventListener('pointerleave', () => {
    if (!pressed) target.leave();
  });
  element.addEventListener('dblclick', (event) => {
    const { x, y } = pointOf(event);
    target.doubleClick(x, y);
  });

  element.addEventListener(
    'wheel',
    (event) => {
      const { x } = pointOf(event);
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 18 : 1;
      const dx = event.deltaX * unit;
      const dy = event.deltaY * unit;
      event.preventDefault();
      // A pinch on a touchpad arrives as a wheel with ctrl.
      if (event.ctrlKey || event.metaKey) target.zoom(x, 2 ** (Math.max(-240, Math.min(240, dy)) / 160));
      else if (event.shiftKey) target.pan(dx || dy, 0);
      else if (Math.abs(dx) > Math.abs(dy)) target.pan(dx, 0);
      else target.scroll(dy);
    },
    { passive: false },
  );
}

function dragOf(zone: Zone, { shiftKey }: PointerEvent): Drag {
  if (zone === 'axis') return 'range';
  return shiftKey ? 'measure' : 'pan';
}

function kindOf({ ctrlKey, metaKey, shiftKey }: PointerEvent): ClickKind {
  if (ctrlKey || metaKey) return 'toggle';
  return shiftKey ? 'range' : 'plain';
}
