import { env, Uri, ViewColumn, window, workspace } from 'vscode';
import { assertNever } from '../core/assertNever';
import { copyAs, copyForms, type CopyForm } from '../core/trace/copyAs';
import { isPlain, utf8Of } from '../core/trace/copyAs/bytes';
import { requestBodyOf } from '../core/trace/copyAs/request';
import type { ExchangeDetail } from '../core/trace/detail';
import { maskedHead, readHead } from '../core/trace/heads';
import type { ExchangePart } from '../core/trace/messages';
import type { LifelineServer } from './server';

/** What can be done with one request of the trace. Each answers with a sentence on what came of it. */
export class RequestActions {
  readonly #server: LifelineServer;

  constructor(server: LifelineServer) {
    this.#server = server;
  }

  async copyAs(exchange: number, form: CopyForm, revealed: readonly number[]): Promise<string> {
    const copied = copyAs(form, await this.#server.detail(exchange), this.#local(exchange), revealed);
    if ('unable' in copied) throw new Error(`Not copied. ${copied.unable}`);
    await env.clipboard.writeText(copied.text);
    return [`Copied as ${copyForms[form]}.`, ...copied.notes].join(' ');
  }

  async open(exchange: number, part: ExchangePart, revealed: readonly number[]): Promise<string> {
    const detail = await this.#detail(exchange);
    const { content, language, said } = contentOf(detail, part, revealed);
    const document = await workspace.openTextDocument({ content, language });
    await window.showTextDocument(document, { viewColumn: ViewColumn.Beside });
    return said;
  }

  async saveBody(exchange: number): Promise<string> {
    const { content, cut } = requestBodyOf(await this.#detail(exchange));
    if (content === '') throw new Error('The request has no body.');
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

interface OpenedContent {
  readonly content: string;
  readonly language: string;
  readonly said: string;
}

function contentOf(detail: ExchangeDetail, part: ExchangePart, revealed: readonly number[]): OpenedContent {
  switch (part) {
    case 'requestHead':
    case 'responseHead': {
      const head = detail[part];
      if (head === '') throw new Error(part === 'requestHead' ? 'No complete head arrived.' : 'No response was sent.');
      const masked = readHead(head).fields.some(({ secret }, index) => secret && !revealed.includes(index));
      return {
        content: maskedHead(head, revealed),
        language: 'plaintext',
        said: masked ? 'Secrets are masked. Reveal them in the inspector and open it again to see them.' : '',
      };
    }
    case 'requestBody': {
      const { content, cut } = requestBodyOf(detail);
      if (content === '') throw new Error('The request has no body.');
      const text = utf8Of(content);
      if (text === undefined || !isPlain(text.replace(/[^]/g, (each) => (/\s/.test(each) ? '' : each)))) {
        throw new Error('The body is not text. Save it instead.');
      }
      const type = readHead(detail.requestHead).fields.find(({ name }) => name.toLowerCase() === 'content-type')?.value;
      return {
        content: text,
        language: languageOf(type ?? ''),
        said: cut ? 'The body was longer: this is what was kept of it.' : '',
      };
    }
    default:
      return assertNever(part);
  }
}

/** The editor's name for what a media type says; structured suffixes count (RFC 6839). */
function languageOf(mediaType: string): string {
  const name = /^[^;\s]*/.exec(mediaType.toLowerCase())?.[0] ?? '';
  const found = /(?:\/|\+)(?:x-)?(json|xml|html|javascript|css)$/.exec(name)?.[1];
  return found ?? 'plaintext';
}
