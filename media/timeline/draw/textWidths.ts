/** Widths of texts on the canvas. Measuring is slow and labels repeat, so widths are kept, up to a bound. */
export class TextWidths {
  readonly #widths = new Map<string, number>();
  #font = '';

  of(context: CanvasRenderingContext2D, font: string, text: string): number {
    if (font !== this.#font || this.#widths.size > mostKept) this.clear();
    this.#font = font;
    const known = this.#widths.get(text);
    if (known !== undefined) return known;
    context.font = font;
    const { width } = context.measureText(text);
    this.#widths.set(text, width);
    return width;
  }

  clear(): void {
    this.#widths.clear();
  }
}

const mostKept = 5000;
