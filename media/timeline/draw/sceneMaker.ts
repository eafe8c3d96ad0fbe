import { BlockedByReader } from '../model/blockedBy';
import type { SchematicViewport } from '../schematicViewport';
import { notToScale } from './notToScale';
import { sceneOf, type Scene, type SceneInput } from './scene';
import { TextWidths } from './textWidths';

/** What a scene is made of, but for what its maker finds out itself. */
type Drawn = Omit<SceneInput, 'blockedBy' | 'measure' | 'selectedExchange' | 'notToScale'> & {
  /** Each phase is to have room, however short it was. */
  readonly notToScale: boolean;
  readonly font: string;
};

/** Has scenes made, and remembers what is dear: widths of texts, and who held up the selected request. */
export class SceneMaker {
  readonly #blockers = new BlockedByReader();
  readonly #widths = new TextWidths();
  #schematic: SchematicViewport | undefined;
  #crowded = false;

  /** The window as it is drawn, where it is not to scale. */
  get schematic(): SchematicViewport | undefined {
    return this.#schematic;
  }

  /** Not to scale, there would have been too much. */
  get crowded(): boolean {
    return this.#crowded;
  }

  /** Another trace has other texts. */
  clear(): void {
    this.#widths.clear();
  }

  make({ font, ...drawn }: Drawn, context: CanvasRenderingContext2D): Scene {
    const { trace, arrangement, scroll, height, viewport, selection, now } = drawn;
    const shown = { from: scroll, to: scroll + height };
    this.#schematic = drawn.notToScale ? notToScale(trace, arrangement, shown, viewport, selection, now) : undefined;
    this.#crowded = drawn.notToScale && this.#schematic === undefined;
    return sceneOf({
      ...drawn,
      viewport: this.#schematic ?? viewport,
      notToScale: this.#schematic !== undefined,
      selectedExchange: selection.kind === 'exchange' ? selection.id : undefined,
      blockedBy: this.#blockers.of(trace, selection),
      measure: (text) => this.#widths.of(context, font, text),
    });
  }
}
