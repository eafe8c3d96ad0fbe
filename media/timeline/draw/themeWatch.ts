import { readTheme, type Theme } from './theme';

/** The theme's colours, read when they are first needed and again when VS Code has changed them. */
export class ThemeWatch {
  readonly #observer: MutationObserver;
  #theme: Theme | undefined;

  /** @param changed is called when the theme has: what was drawn with the old one is wrong */
  constructor(changed: () => void) {
    this.#observer = new MutationObserver(() => {
      this.#theme = undefined;
      changed();
    });
    // VS Code puts the colours on the root, and the kind of theme on the body.
    const where = { attributes: true, attributeFilter: ['style', 'class'] };
    this.#observer.observe(document.documentElement, where);
    this.#observer.observe(document.body, where);
  }

  theme(context: CanvasRenderingContext2D): Theme {
    this.#theme ??= readTheme(getComputedStyle(document.documentElement), context);
    return this.#theme;
  }

  dispose(): void {
    this.#observer.disconnect();
  }
}
