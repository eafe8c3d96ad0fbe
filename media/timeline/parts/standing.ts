import { sameStand, type PictureStand } from '../model/keptStand';
import type { Navigation } from './navigation';

/** Takes a picture to where it stood on a page before this one, and tells whenever it has come to stand elsewhere. */
export class Standing {
  readonly #tell: (stand: PictureStand) => void;
  #wanted: PictureStand | undefined;
  #told: PictureStand | undefined;

  constructor(tell: (stand: PictureStand) => void) {
    this.#tell = tell;
  }

  /** With the next frame: only then is it known where lanes stand. */
  goTo(stand: PictureStand): void {
    this.#wanted = stand;
  }

  /** Before a frame is drawn, when the zones have their places. */
  settle({ camera, scroll }: Navigation, laneHeight: number): void {
    const stand = this.#wanted;
    if (!stand) return;
    this.#wanted = undefined;
    camera.resume(stand);
    scroll.moveTo(stand.lanes * laneHeight);
  }

  /** After a frame was drawn. While it follows, time moves the picture, and there is nothing to tell. */
  look({ camera, scroll }: Navigation, laneHeight: number, following: boolean): void {
    const { start: from, end: to } = camera.viewport;
    const window = following ? undefined : { from, to };
    const stand = { window, span: camera.followSpan, lanes: scroll.position / laneHeight };
    if (this.#told && sameStand(this.#told, stand)) return;
    this.#told = stand;
    this.#tell(stand);
  }
}
