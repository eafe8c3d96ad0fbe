import { window, type Disposable, type LogOutputChannel } from 'vscode';
import type { ServerLog } from '../server/protocol';

/**
 * The output channel "Request Lifeline": what the server does, and what the app writes. It shows its own times and
 * levels. A traceback stays in one piece, its `File "...", line n` as Python writes it: the editor makes links of them.
 */
export class Log implements Disposable {
  readonly #channel: LogOutputChannel;

  constructor() {
    this.#channel = window.createOutputChannel('Request Lifeline', { log: true });
  }

  show(): void {
    this.#channel.show(true);
  }

  info(text: string): void {
    this.#channel.info(text);
  }

  error(text: string): void {
    this.#channel.error(text);
  }

  /** Something of this extension's own went wrong; a bug report needs the stack. */
  failure(error: unknown): void {
    this.#channel.error(error instanceof Error ? error : String(error));
  }

  line({ level, source, text }: ServerLog): void {
    const line = `${source === 'server' ? '' : `${source} │ `}${text.trimEnd()}`;
    if (level === 'error') this.#channel.error(line);
    else if (level === 'warning') this.#channel.warn(line);
    else this.#channel.info(line);
  }

  dispose(): void {
    this.#channel.dispose();
  }
}
