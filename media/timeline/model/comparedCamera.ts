import { Camera } from './camera';

/** A camera over two pictures: it shows all of both, until it is moved. */
export class ComparedCamera extends Camera {
  readonly #end: number;

  /** @param end of the longer one; both begin at 0 */
  constructor(end: number) {
    super();
    this.#end = end;
    this.fit();
  }

  /** Nothing is followed here. */
  override update(): void {
    return;
  }

  /** With room for the words behind the last bar. */
  override fit(): void {
    this.show(-this.#end * 0.02, this.#end * 1.12, 0);
  }
}
