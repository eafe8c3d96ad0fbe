/**
 * The canvas itself: its size in device pixels, and the only animation frame of the page. A frame is drawn when
 * somebody asks for one; while nothing asks, nothing runs.
 */
export class Stage {
  readonly context: CanvasRenderingContext2D;
  readonly #canvas: HTMLCanvasElement;
  readonly #draw: (width: number, height: number) => void;
  readonly #observer: ResizeObserver;
  #frame: number | undefined;
  #width = 0;
  #height = 0;
  #ratio = 1;

  constructor(canvas: HTMLCanvasElement, draw: (width: number, height: number) => void) {
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error('this browser gives no 2d canvas');
    this.context = context;
    this.#canvas = canvas;
    this.#draw = draw;
    this.#observer = new ResizeObserver(() => this.#measure());
    this.#observer.observe(canvas);
  }

  get width(): number {
    return this.#width;
  }

  get height(): number {
    return this.#height;
  }

  /** Asks for a frame; asking twice gives one. */
  request(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#paint();
    });
  }

  dispose(): void {
    this.#observer.disconnect();
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }

  #measure(): void {
    const { width, height } = this.#canvas.getBoundingClientRect();
    this.#width = width;
    this.#height = height;
    // A resized canvas is blank until it is drawn: draw now, not a frame later.
    this.#paint();
  }

  #paint(): void {
    if (this.#width < 1 || this.#height < 1) return;
    this.#ratio = window.devicePixelRatio || 1;
    const width = Math.round(this.#width * this.#ratio);
    const height = Math.round(this.#height * this.#ratio);
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
    }
    this.context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
    this.#draw(this.#width, this.#height);
  }
}
