import { env, Uri, ViewColumn, window, workspace } from 'vscode';
import { assertNever } from '../core/assertNever';
import { counted } from '../core/trace/amounts';
import { extentNote, keptPart } from '../core/trace/bodyExtent';
import { copyAs, copyForms, type CopyForm } from '../core/trace/copyAs';
import type { ExchangeDetail } from '../core/trace/detail';
import type { ExchangePart } from '../core/trace/messages';
import { openedBody, openedHead, presentBody, type OpenedPart } from '../core/trace/openedPart';
import { KeptParts } from './keptParts';
import type { Replays } from './replays';
import type { LifelineServer } from './server';

/** What can be done with one request of the trace. Each answers with a sentence on what came of it. */
export class RequestActions {
  readonly #server: LifelineServer;
  readonly #parts: KeptParts;
  readonly replays: Replays;

  constructor(server: LifelineServer, replays: Replays) {
    this.#server = server;
    this.#parts = new KeptParts(server);
    this.replays = replays;
  }

  async copyAs(exchange: number, form: CopyForm, revealed: readonly number[]): Promise<string> {
    const copied = copyAs(form, await this.#server.detail(exchange), this.#local(exchange), revealed);
    if ('unable' in copied) throw new Error(`Not copied. ${copied.unable}`);
    await env.clipboard.writeText(copied.text);
    return [`Copied as ${copyForms[form]}.`, ...copied.notes].join(' ');
  }

  async open(exchange: number, part: ExchangePart, revealed: readonly number[]): Promise<string> {
    const opened = await this.#part(exchange, part, revealed);
    if ('unable' in opened) throw new Error(opened.unable);
    const { content, language, note } = opened;
    const document = await workspace.openTextDocument({ content, language });
    await window.showTextDocument(document, { viewColumn: ViewColumn.Beside });
    return note;
  }

  async saveBody(exchange: number, message: 'request' | 'response'): Promise<string> {
    const body = presentBody(message, await this.#parts.body(exchange, message));
    if ('unable' in body) throw new Error(body.unable);
    const part = keptPart(body);
    const folder = workspace.workspaceFolders?.[0]?.uri;
    const file = await window.showSaveDialog({
      title: [message === 'request' ? 'Save Request Body' : 'Save Response Body', ...(part ? [part] : [])].join(': '),
      ...(folder ? { defaultUri: Uri.joinPath(folder, `${message}-body`) } : {}),
    });
    if (!file) return '';
    await workspace.fs.writeFile(file, body.bytes);
    const from = body.decoded === '' ? '' : `, decoded from ${body.decoded}`;
    const saved = `Saved ${counted(body.bytes.length, 'byte')}${from}.`;
    return [saved, body.undecodable ?? '', extentNote(body)].filter((note) => note !== '').join(' ');
  }

  async #part(exchange: number, part: ExchangePart, revealed: readonly number[]): Promise<OpenedPart> {
    const { requestHead, responseHead } = await this.#detail(exchange);
    switch (part) {
      case 'requestHead':
        return openedHead(requestHead, 'request', revealed);
      case 'responseHead':
        return openedHead(responseHead, 'response', revealed);
      case 'requestBody':
        return openedBody(requestHead, 'request', await this.#parts.body(exchange, 'request'));
      case 'responseBody':
        return openedBody(responseHead, 'response', await this.#parts.body(exchange, 'response'));
      default:
        return assertNever(part);
    }
  }

  async #detail(exchange: number): Promise<ExchangeDetail> {
    const detail = await this.#server.detail(exchange);
    if (!detail) throw new Error('Not kept: the server holds the newest requests only.');
    return detail;
  }

  /** The server's end of the connection on which the request came. */
  #local(exchange: number): string {
    const { trace } = this.#server;
    const row = trace.exchange(exchange);
    const connection = row && trace.connection(row.connection);
    if (!connection) throw new Error('Not copied. The trace has forgotten this request.');
    return trace.text(connection.local);
  }
}
