import type { ExchangeDetail, WireBytes } from '../core/trace/detail';
import { BlockRing } from './blockRing';
import { ColdData } from './coldData';
import { KeptBody } from './keptBody';

/**
 * Keeps the cold data of finished exchanges as bytes. Bodies of responses have a budget of their own: they are the largest
 * part by far, and a few pages must not cost thousands of small details.
 */
export class DetailStore {
  readonly #details: BlockRing;
  readonly #responseBodies: BlockRing;

  /** @param budget bytes for each of the two */
  constructor(budget: number) {
    this.#details = new BlockRing(budget);
    this.#responseBodies = new BlockRing(budget);
  }

  /** Keeps what no longer changes; the body of the response is then here alone. */
  keep(exchange: number, cold: ColdData): void {
    const at = this.#details.reserve(exchange, cold.size);
    cold.write(this.#details.block, at);
    const body = cold.takeResponseBody();
    if (body) this.#keepBody(exchange, body);
  }

  get(exchange: number): ExchangeDetail | undefined {
    const found = this.#details.find(exchange);
    return found && ColdData.read(found.block, found.at, exchange);
  }

  /** Undefined where the response had none, or it is forgotten. */
  responseBody(exchange: number): WireBytes | undefined {
    const found = this.#responseBodies.find(exchange);
    if (!found) return undefined;
    const { numbers, bytes } = found.block;
    const [id, length = 0, size = 0, complete] = numbers.subarray(found.at, found.at + bodyPrefix);
    if (id !== exchange) return undefined;
    const byte = 8 * (found.at + bodyPrefix);
    return KeptBody.of(bytes.subarray(byte, byte + length), size, complete === 1).copy();
  }

  /** The exchange's id, how many bytes are kept, how many there were, and whether it came to its end; then the bytes. */
  #keepBody(exchange: number, body: KeptBody): void {
    const at = this.#responseBodies.reserve(exchange, bodyPrefix + Math.ceil(body.length / 8));
    const { numbers, bytes } = this.#responseBodies.block;
    numbers[at] = exchange;
    numbers[at + 1] = body.length;
    numbers[at + 2] = body.size;
    numbers[at + 3] = body.complete ? 1 : 0;
    body.write(bytes, 8 * (at + bodyPrefix));
  }
}

const bodyPrefix = 4;
