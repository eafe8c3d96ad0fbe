import '@vscode-elements/elements/dist/vscode-icon/index.js';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import {
  bodyLength,
  draftBytes,
  draftErrors,
  draftWarnings,
  isLength,
  sentFields,
  type Draft,
  type DraftBody,
  type DraftField,
} from '../../../src/core/trace/draft';
import { isSecretField } from '../../../src/core/trace/secretFields';
import { counted } from '../format';
import { editCardStyles } from './editCardStyles';
import { baseStyles, toolStyles } from './styles';

/**
 * A request as a form: method, target, fields and body, and what will be sent of it. A dialog of the platform: it holds
 * the keyboard until it is closed. Events: `edit` with a `Draft`, `send`, `close`.
 */
@customElement('lifeline-edit-card')
export class EditCard extends LitElement {
  static override styles = [baseStyles, toolStyles, editCardStyles];

  @property({ type: Number }) exchange = 0;
  /** As it arrived. */
  @property({ attribute: false }) first: Draft | undefined;
  @property({ attribute: false }) draft: Draft | undefined;
  /** Where it goes; undefined while no server listens. */
  @property() address: string | undefined;
  @property({ type: Boolean }) sending = false;
  /** Why it was not sent. */
  @property() error = '';
  /** Positions of the fields whose secrets show. */
  @state() private revealed: readonly number[] = [];
  @query('dialog') private dialog!: HTMLDialogElement;
  /** A field was added, and has not been shown yet. */
  #added = false;

  override render(): TemplateResult | typeof nothing {
    const { draft } = this;
    if (!draft) return nothing;
    const errors = draftErrors(draft);
    const shown = this.error === '' ? errors : [this.error, ...errors];
    return html`<dialog
      aria-label="Edit and Replay"
      @cancel=${(event: Event) => this.#cancel(event)}
      @keydown=${(event: KeyboardEvent) => this.#key(event)}
    >
      <header>
        <h2>Edit and replay <span class="dim">#${this.exchange}</span></h2>
        <button class="tool" aria-label="Close" title="Close; the draft stays (Esc)" @click=${() => this.#close()}>
          <vscode-icon name="close"></vscode-icon>
        </button>
      </header>
      <div class="form">
        ${this.#line(draft)} ${this.#fields(draft)} ${this.#body(draft)}
        <label class="check"
          ><input
            type="checkbox"
            .checked=${live(draft.framed)}
            @change=${() => this.#edit({ framed: !draft.framed })}
          />Keep Content-Length, or the framing of chunks, right</label
        >
      </div>
      <div class="notes" role="alert">${shown.map((text) => html`<p class="error">${text}</p>`)}</div>
      <ul class="notes" aria-label="Warnings">
        ${draftWarnings(draft, keptLength(draft.body)).map((text) => html`<li><vscode-icon class="warning" name="warning"></vscode-icon><span>${text}</span></li>`)}
      </ul>
      <div class="footer">
        <span class="dim">${this.#sum(draft)}</span>
        <button class="tool" ?disabled=${draft === this.first} @click=${() => this.#reset()}>Reset</button>
        <button
          class="send"
          ?disabled=${errors.length > 0 || this.sending}
          title="Send it (Ctrl+Enter)"
          @click=${() => this.#send()}
        >
          ${this.sending ? 'Sending…' : `Send ${draft.method}`}
        </button>
      </div>
    </dialog>`;
  }

  override firstUpdated(): void {
    this.dialog.showModal();
    this.renderRoot.querySelector<HTMLInputElement>('[name=target]')?.focus();
  }

  override updated(changed: PropertyValues<this>): void {
    if (!this.#added || !changed.has('draft')) return;
    this.#added = false;
    [...this.renderRoot.querySelectorAll<HTMLElement>('.field > input.mono')].at(-1)?.focus();
  }

  #line(draft: Draft): TemplateResult {
    return html`<div class="line">
      <input
        class="mono method"
        name="method"
        aria-label="Method"
        list="methods"
        spellcheck="false"
        .value=${live(draft.method)}
        @input=${(event: Event) => this.#edit({ method: valueOf(event) })}
      />
      <datalist id="methods">${methods.map((method) => html`<option value=${method}></option>`)}</datalist>
      <input
        class="mono"
        name="target"
        aria-label="Target"
        spellcheck="false"
        .value=${live(draft.target)}
        @input=${(event: Event) => this.#edit({ target: valueOf(event) })}
      />
      <select
        aria-label="HTTP version"
        @change=${(event: Event) => this.#edit({ version: (event.target as HTMLSelectElement).value })}
      >
        ${versions.map((each) => html`<option value=${each} .selected=${each === draft.version}>${each}</option>`)}
      </select>
    </div>`;
  }

  #fields(draft: Draft): TemplateResult {
    const { fields } = draft;
    const length = bodyLength(draft.body);
    const own = sentFields(draft, length).length > fields.filter(({ on }) => on).length;
    return html`<fieldset>
      <legend>Header fields</legend>
      ${fields.map((field, index) => this.#field(draft, field, index, length))}
      ${
        own
          ? html`<div class="field own">
              <span></span><span class="mono">Content-Length</span><span class="mono">${length}</span
              ><span class="dim">added</span>
            </div>`
          : nothing
      }
      <button class="tool" @click=${() => this.#add(fields)}><vscode-icon name="add"></vscode-icon>Add Field</button>
    </fieldset>`;
  }

  #field(draft: Draft, field: DraftField, index: number, length: number): TemplateResult {
    const { name, value, on } = field;
    const change = (part: Partial<DraftField>): void =>
      this.#edit({ fields: draft.fields.map((each, at) => (at === index ? { ...each, ...part } : each)) });
    const computed = draft.framed && on && isLength(field);
    const secret = isSecretField(name.trim()) && !this.revealed.includes(index);
    const called = name || 'field without a name';
    return html`<div class="field ${on ? '' : 'off'}">
      <input
        type="checkbox"
        aria-label="Send ${called}"
        title=${on ? 'It is sent. Click to leave it out.' : 'It is left out. Click to send it.'}
        .checked=${live(on)}
        @change=${() => change({ on: !on })}
      />
      <input
        class="mono"
        aria-label="Name of field ${index + 1}"
        spellcheck="false"
        .value=${live(name)}
        @input=${(event: Event) => change({ name: valueOf(event) })}
      />
      <span class="value">
        <input
          class="mono"
          type=${secret ? 'password' : 'text'}
          autocomplete="off"
          aria-label="Value of ${called}"
          spellcheck="false"
          ?readonly=${computed}
          title=${computed ? 'It follows the body.' : nothing}
          .value=${live(computed ? String(length) : value)}
          @input=${(event: Event) => change({ value: valueOf(event) })}
        />${
          secret
            ? html`<button class="tool" aria-label="Reveal ${name}" @click=${() => this.#reveal(index)}>reveal</button>`
            : nothing
        }
      </span>
      <button
        class="tool"
        aria-label="Remove ${called}"
        title="Remove"
        @click=${() => this.#remove(draft.fields, index)}
      >
        <vscode-icon name="trash"></vscode-icon>
      </button>
    </div>`;
  }

  #body({ body }: Draft): TemplateResult {
    if (body.kind === 'text') {
      return html`<label class="body"
        >Body
        <textarea
          class="mono"
          rows=${Math.min(12, Math.max(3, body.text.split('\n').length))}
          spellcheck="false"
          .value=${live(body.text)}
          @input=${(event: Event) => this.#edit({ body: { ...body, text: valueOf(event) } })}
        ></textarea>
        <span class="dim"
          >Sent as UTF-8${body.lineEnd === '\r\n' ? ', its lines apart by CRLF as they were' : ''}.</span
        ></label
      >`;
    }
    const what =
      body.kind === 'kept'
        ? `Not text that could be edited: ${counted(body.length, 'byte')}, sent as they arrived.`
        : `Only the first ${counted(body.length, 'byte')} were kept, so it cannot be sent as it was.`;
    return html`<div class="body">
      Body
      <span class="dim">${what}</span>
      <button class="tool" @click=${() => this.#edit({ body: { kind: 'text', text: '', lineEnd: '\n' } })}>
        <vscode-icon name="edit"></vscode-icon>Write another body
      </button>
    </div>`;
  }

  /** What goes out, and where to. */
  #sum(draft: Draft): string {
    if (this.address === undefined) return 'No server runs: start it to send this.';
    // The bytes that are kept stay with the server: for their number, others do.
    const bytes = draftBytes(draft, 'x'.repeat(keptLength(draft.body)));
    if ('unable' in bytes) return '';
    return `${counted(bytes.head.length + bytes.body.length, 'byte')} to ${this.address}: head ${bytes.head.length}, body ${bytes.body.length}`;
  }

  #edit(part: Partial<Draft>): void {
    if (!this.draft) return;
    this.dispatchEvent(new CustomEvent<Draft>('edit', { detail: { ...this.draft, ...part } }));
  }

  #add(fields: readonly DraftField[]): void {
    this.#added = true;
    this.#edit({ fields: [...fields, { name: '', value: '', on: true }] });
  }

  #remove(fields: readonly DraftField[], index: number): void {
    this.revealed = this.revealed.filter((at) => at !== index).map((at) => (at > index ? at - 1 : at));
    this.#edit({ fields: fields.filter((_, at) => at !== index) });
  }

  #reveal(index: number): void {
    this.revealed = [...this.revealed, index];
  }

  #reset(): void {
    this.revealed = [];
    if (this.first) this.dispatchEvent(new CustomEvent<Draft>('edit', { detail: this.first }));
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.#send();
    }
    // What is typed here is no key of the picture, and Ctrl+F is not for its filter.
    event.stopPropagation();
  }

  #send(): void {
    if (this.draft && draftErrors(this.draft).length === 0) this.dispatchEvent(new CustomEvent('send'));
  }

  /** Escape: the page takes the dialog away. */
  #cancel(event: Event): void {
    event.preventDefault();
    this.#close();
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent('close'));
  }
}

function valueOf(event: Event): string {
  return (event.target as HTMLInputElement | HTMLTextAreaElement).value;
}

function keptLength(body: DraftBody): number {
  return body.kind === 'kept' ? body.length : 0;
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];
const versions = ['HTTP/1.1', 'HTTP/1.0'];
