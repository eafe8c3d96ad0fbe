/** A scroll area cannot be of any height; above this, one pixel of it stands for more. */
const tallest = 8_000_000;

/**
 * The vertical position in the lanes, held by a native scroll area with nothing in it but its height: so the scroll bar
 * and its keys are the platform's own. Positions here are pixels of lanes, however many there are.
 */
export class ScrollArea {
  readonly #element: HTMLElement;
  readonly #spacer: HTMLElement;
  #tall = 0;
  #room = 0;

  constructor(element: HTMLElement, spacer: HTMLElement) {
    this.#element = element;
    this.#spacer = spacer;
  }

  /** Pixels of lanes above the visible ones. */
  get position(): number {
    return this.#element.scrollTop * this.#scale;
  }

  /** Width of the scroll bar, zero where it lies over the content. */
  get bar(): number {
    return this.#element.offsetWidth - this.#element.clientWidth;
  }

  /** Whether a point lies on the scroll bar. */
  onBar(x: number): boolean {
    return this.bar > 0 && x > this.#element.clientWidth;
  }

  by(pixels: number): void {
    this.#element.scrollTop += pixels / this.#scale;
  }

  moveTo(position: number): void {
    this.#element.scrollTop = position / this.#scale;
  }

  toStart(): void {
    this.#element.scrollTop = 0;
  }

  toEnd(): void {
    this.#element.scrollTop = this.#element.scrollHeight;
  }

  /** Scrolls as little as it takes to show a stretch. */
  reveal(from: number, to: number): void {
    const { position } = this;
    if (from < position) this.#element.scrollTop = from / this.#scale;
    else if (to > position + this.#room) this.#element.scrollTop = (to - this.#room) / this.#scale;
  }

  /**
   * Takes a new height of all lanes and of the visible part.
   *
   * @param atEnd stay at the end where the area stands there already, give or take `atEnd` pixels
   * @returns whether anything changed
   */
  resize(tall: number, room: number, atEnd: number | undefined): boolean {
    if (tall === this.#tall && room === this.#room) return false;
    const wasAtEnd = this.position + this.#room >= this.#tall - (atEnd ?? 0);
    this.#tall = tall;
    this.#room = room;
    this.#spacer.style.height = `${Math.min(tallest, tall)}px`;
    if (atEnd !== undefined && wasAtEnd) this.toEnd();
    return true;
  }

  set dragging(dragging: boolean) {
    this.#element.classList.toggle('dragging', dragging);
  }

  get #scale(): number {
    return this.#tall <= tallest ? 1 : (this.#tall - this.#room) / (tallest - this.#room);
  }
}
