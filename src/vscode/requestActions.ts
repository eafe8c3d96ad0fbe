import { env, Uri, ViewColumn, window, workspace } from 'vscode';
import { copyAs, copyForms, type CopyForm } from '../core/trace/copyAs';
import { requestBodyOf } from '../core/trace/copyAs/request';
import type { ExchangeDetail } from '../core/trace/detail';
import type { ExchangePart } from '../core/trace/messages';
import { openedPart } from '../core/trace/openedPart';
import type { Replays } from './replays';
import type { LifelineServer } from './server';

/** What can be done with one request of the trace. Each answers with a sentence on what came of it. */
export class RequestActions {
  readonly #server: LifelineServer;
  readonly replays: Replays;

  constructor(server: LifelineServer, replays: Replays) {
    this.#server = server;
    this.replays = replays;
  }

  async copyAs(exchange: number, form: CopyForm, revealed: readonly number[]): Promise<string> {
    const copied = copyAs(form, await this.#server.detail(exchange), this.#local(exchange), revealed);
    if ('unable' in copied) throw new Error(`Not copied. ${copied.unable}`);
    await env.clipboard.writeText(copied.text);
    return [`Copied as ${copyForms[form]}.`, ...copied.notes].join(' ');
  }

  async open(exchange: number, part: ExchangePart, revealed: readonly number[]): Promise<string> {
    const opened = openedPart(await this.#detail(exchange), part, revealed);
    if ('unable' in opened) throw new Error(opened.unable);
    const { content, language, note } = opened;
    const document = await workspace.openTextDocument({ content, language });
    await window.showTextDocument(document, { viewColumn: ViewColumn.Beside });
    return note;
  }

  async saveBody(exchange: number): Promise<string> {
    const { content, cut } = requestBodyOf(await this.#detail(exchange));
    if (content === '') throw new Error(cut ? 'Nothing of the body was kept.' : 'The request has no body.');
    const folder = workspace.workspaceFolders?.[0]?.uri;
    const file = await window.showSaveDialog({
      title: 'Save Request Body',
      ...(folder ? { defaultUri: Uri.joinPath(folder, 'request-body') } : {}),
    });
    if (!file) return '';
    await workspace.fs.writeFile(
      file,
      Uint8Array.from(content, (byte) => byte.charCodeAt(0)),
    );
    return `Saved ${content.length} bytes.${cut ? ' The body was longer: this is what was kept of it.' : ''}`;
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
