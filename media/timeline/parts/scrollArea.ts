/** A scroll area cannot be of any height; above this, one pixel of it stands for more. */
const tallest = 8_000_000;

/**
 * The vertical position in lanes or rows, held by a native scroll area with nothing in it but its height: so the scroll
 * bar and its keys are the platform's own. Positions here are pixels of lanes, however many there are.
 */
export class ScrollArea {
  readonly #element: HTMLElement;
  readonly #spacer: HTMLElement;
  #tall = 0;
  #room = 0;
  /** The last position that was set from here, and what the platform made of it: it rounds. */
  #exact = 0;
  #top = 0;

  constructor(element: HTMLElement, spacer: HTMLElement) {
    this.#element = element;
    this.#spacer = spacer;
  }

  /** Pixels of lanes above the visible ones. */
  get position(): number {
    const { scrollTop } = this.#element;
    return scrollTop === this.#top ? this.#exact : scrollTop * this.#scale;
  }

  /** One pixel of the scroll bar stands for more than one of the lanes. */
  get scaled(): boolean {
    return this.#tall > tallest;
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
    this.moveTo(this.position + pixels);
  }

  moveTo(position: number): void {
    this.#exact = Math.max(0, Math.min(position, this.#tall - this.#room));
    this.#element.scrollTop = this.#exact / this.#scale;
    this.#top = this.#element.scrollTop;
  }

  toStart(): void {
    this.moveTo(0);
  }

  toEnd(): void {
    this.moveTo(this.#tall - this.#room);
  }

  /** Scrolls as little as it takes to show a stretch. */
  reveal(from: number, to: number): void {
    const { position } = this;
    if (from < position) this.moveTo(from);
    else if (to > position + this.#room) this.moveTo(to - this.#room);
  }

  /**
   * Takes a new height of all lanes and of the visible part.
   *
   * @param atEnd stay at the end where the area stands there already, give or take `atEnd` pixels
   * @returns whether anything changed
   */
  resize(tall: number, room: number, atEnd: number | undefined): boolean {
    if (tall === this.#tall && room === this.#room) return false;
    const { position } = this;
    const wasAtEnd = position + this.#room >= this.#tall - (atEnd ?? 0);
    this.#tall = tall;
    this.#room = room;
    this.#spacer.style.height = `${Math.min(tallest, tall)}px`;
    if (atEnd !== undefined && wasAtEnd) this.toEnd();
    else if (this.scaled) this.moveTo(position);
    return true;
  }

  set dragging(dragging: boolean) {
    this.#element.classList.toggle('dragging', dragging);
  }

  get #scale(): number {
    return this.scaled ? (this.#tall - this.#room) / (tallest - this.#room) : 1;
  }
}
