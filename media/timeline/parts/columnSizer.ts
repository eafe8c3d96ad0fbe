/** Drags the right edge of a column. */
export class ColumnSizer {
  readonly #resize: (width: number) => void;
  #width = 0;
  #from: number | undefined;

  /** @param resize takes the width that the column is to have */
  constructor(resize: (width: number) => void) {
    this.#resize = resize;
  }

  start(event: PointerEvent, width: number): void {
    if (event.button !== 0) return;
    const handle = event.currentTarget as HTMLElement;
    handle.setPointerCapture(event.pointerId);
    handle.classList.add('moving');
    [this.#from, this.#width] = [event.clientX, width];
  }

  drag(event: PointerEvent): void {
    if (this.#from !== undefined) this.#resize(this.#width + event.clientX - this.#from);
  }

  stop(event: PointerEvent): void {
    (event.currentTarget as HTMLElement).classList.remove('moving');
    this.#from = undefined;
  }
}
