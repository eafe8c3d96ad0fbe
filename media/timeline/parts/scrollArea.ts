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
  #position = 0;
  /** What was last set from here: the platform rounds it. */
  #top = 0;
  #width = 0;
  #bar = 0;

  /** @param changed it was scrolled, or its bar came or went */
  constructor(element: HTMLElement, spacer: HTMLElement, changed: () => void) {
    this.#element = element;
    this.#spacer = spacer;
    // Where they change, not where they are needed: to read them in each frame is to lay out the page in each frame.
    element.addEventListener('scroll', () => {
      this.#scrolled();
      changed();
    });
    new ResizeObserver(() => {
      this.#width = element.clientWidth;
      this.#bar = element.offsetWidth - element.clientWidth;
      changed();
    }).observe(element);
  }

  /** Pixels of lanes above the visible ones. */
  get position(): number {
    return this.#position;
  }

  /** One pixel of the scroll bar stands for more than one of the lanes. */
  get scaled(): boolean {
    return this.#tall > tallest;
  }

  /** Width of the scroll bar, zero where it lies over the content. */
  get bar(): number {
    return this.#bar;
  }

  /** Whether a point lies on the scroll bar. */
  onBar(x: number): boolean {
    return this.#bar > 0 && x > this.#width;
  }

  by(pixels: number): void {
    this.moveTo(this.position + pixels);
  }

  moveTo(position: number): void {
    this.#position = Math.max(0, Math.min(position, this.#tall - this.#room));
    this.#top = this.#position / this.#scale;
    this.#element.scrollTop = this.#top;
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
    else if (this.scaled || position > tall - room) this.moveTo(position);
    return true;
  }

  set dragging(dragging: boolean) {
    this.#element.classList.toggle('dragging', dragging);
  }

  #scrolled(): void {
    const { scrollTop } = this.#element;
    if (Math.abs(scrollTop - this.#top) < 1) return;
    this.#top = scrollTop;
    this.#position = scrollTop * this.#scale;
  }

  get #scale(): number {
    return this.scaled ? (this.#tall - this.#room) / (tallest - this.#room) : 1;
  }
}
