import type { ReactiveControllerHost } from 'lit';
import { messageOf } from '../format';

/** What the host answered: shown where it is a sentence, or says that it could not do what was asked. */
export class Asking {
  readonly #page: ReactiveControllerHost;
  #message = '';

  constructor(page: ReactiveControllerHost) {
    this.#page = page;
  }

  /** Empty where there is nothing to say. */
  get message(): string {
    return this.#message;
  }

  ask(answer: Promise<unknown>): void {
    answer.then(
      (said) => this.#say(typeof said === 'string' ? said : ''),
      (error: unknown) => this.#say(messageOf(error)),
    );
  }

  /** The same for what nobody asked for: only that it could not be done is worth a word. */
  mind(answer: Promise<unknown>): void {
    answer.catch((error: unknown) => this.#say(messageOf(error)));
  }

  /** What was said is no longer of interest. */
  quiet(): void {
    this.#say('');
  }

  #say(message: string): void {
    if (message === this.#message) return;
    this.#message = message;
    this.#page.requestUpdate();
  }
}
