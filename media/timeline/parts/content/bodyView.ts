import '@vscode-elements/elements/dist/vscode-icon/index.js';
import { LitElement, css, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { assertNever } from '../../../../src/core/assertNever';
import { keptPart } from '../../../../src/core/trace/bodyExtent';
import type { MessageBody } from '../../../../src/core/trace/messages';
import { bytes as size, messageOf } from '../../format';
import { bodyForms, type BodyForm } from '../../model/content/bodyForms';
import { mediaTypeOf } from '../../model/content/mediaType';
import { openedBody, type OpenedBody } from '../../model/content/openedBody';
import { visibleBytes, visibleText } from '../../model/content/visibleText';
import { baseStyles, toolStyles } from '../styles';
import './hexView';
import './imageView';
import './jsonView';
import './pairTable';
import { markStyles, shownPieces } from './shownText';

/** Stands for all of a body among the positions of what is revealed in it. */
const wholeBody = -1;

/**
 * A body in the form that fits its type, or in another that the user wants. It is loaded when this is shown, and again when
 * the exchange went on meanwhile. What looks like a secret is masked; text and numbers, in which nothing can be masked, are
 * shown only when all of it is revealed. Events: `reveal` with a position, `save`, `open`.
 */
@customElement('lifeline-body')
export class BodyView extends LitElement {
  static override styles = [
    baseStyles,
    toolStyles,
    markStyles,
    css`
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 2px 8px;
        margin-bottom: 6px;
        font-size: 12px;
      }
      .type {
        flex: 1 1 100px;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      [role='group'] {
        display: flex;
        gap: 2px;
      }
      .note {
        margin: 0 0 6px;
        font-size: 12px;
        overflow-wrap: anywhere;
      }
      .note.masked {
        margin: 0;
      }
      .masked .tool {
        height: auto;
        padding: 0;
        color: var(--vscode-textLink-foreground);
      }
      pre {
        margin: 0;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        user-select: text;
        unicode-bidi: plaintext;
      }
      p {
        margin: 0;
      }
    `,
  ];

  @property({ attribute: false }) load: (() => Promise<MessageBody | undefined> | undefined) | undefined;
  /** Which body it is: another one is loaded anew. */
  @property() key = '';
  /** Changes when there may be more of it. */
  @property({ attribute: false }) progress: unknown;
  @property() contentType = '';
  @property({ attribute: false }) revealed: readonly number[] = [];
  @state() private body: MessageBody | undefined;
  @state() private problem = '';
  @state() private loading = false;
  @state() private chosen: BodyForm | undefined;
  #opened: OpenedBody | undefined;
  #stale = false;

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('key')) {
      this.body = undefined;
      this.problem = '';
    }
    if (changed.has('key') || changed.has('progress')) {
      this.#stale = true;
      this.#ask();
    }
    if (changed.has('body') || changed.has('contentType')) {
      this.#opened = this.body && openedBody(this.body, this.contentType);
    }
  }

  override render(): TemplateResult {
    const opened = this.#opened;
    if (this.problem) return html`<p class="dim">The body could not be loaded: ${this.problem}</p>`;
    if (!opened) return html`<p class="dim">${this.loading ? 'Loading…' : 'The body was not kept.'}</p>`;
    if (opened.body.size === 0) return html`<p class="dim">Empty.</p>`;
    const form = opened.forms.find((each) => each === this.chosen) ?? opened.forms[0];
    return html`
      <div class="bar">
        <span class="type dim"
          >${this.contentType ? `${visibleText(this.contentType)}, ` : ''}${size(opened.body.size)}</span
        >
        <div role="group" aria-label="Show the body as">
          ${opened.forms.map(
            (each) =>
              html`<button class="tool" aria-pressed=${each === form} @click=${() => (this.chosen = each)}>
                ${bodyForms[each]}
              </button>`,
          )}
        </div>
        ${
          keptPart(opened.body) === undefined
            ? html`${this.#tool('go-to-file', 'Open Body in Editor', 'open')}
              ${this.#tool('save', 'Save Body…', 'save')}`
            : html`${this.#tool('go-to-file', 'Open Kept Part in Editor', 'open')}
              ${this.#tool('save', 'Save Kept Part…', 'save')}`
        }
      </div>
      ${opened.notes.map((note) => html`<p class="note dim">${note}</p>`)} ${this.#content(opened, form)}
    `;
  }

  #tool(icon: string, label: string, event: 'open' | 'save'): TemplateResult {
    return html`<button
      class="tool"
      aria-label=${label}
      title=${label}
      @click=${() => this.dispatchEvent(new CustomEvent(event))}
    >
      <vscode-icon name=${icon}></vscode-icon>
    </button>`;
  }

  #content(opened: OpenedBody, form: BodyForm): TemplateResult {
    const { body, json, charset } = opened;
    switch (form) {
      case 'json':
        return html`<lifeline-json
          .document=${json}
          .revealed=${this.#places(opened)}
          @reveal=${this.#reveal}
        ></lifeline-json>`;
      case 'form':
        return html`<lifeline-pairs
          label="Form fields"
          .pairs=${opened.form ?? []}
          .revealed=${this.#places(opened)}
          @reveal=${this.#reveal}
        ></lifeline-pairs>`;
      case 'image':
        return html`<lifeline-image .bytes=${body.bytes} .type=${mediaTypeOf(this.contentType).type}></lifeline-image>`;
      case 'text':
        if (this.#isHidden(opened)) return this.#masked(opened);
        return html`<pre class="mono">${shownPieces(visibleBytes(body.bytes, charset, body.truncated))}</pre>`;
      case 'hex':
        if (this.#isHidden(opened)) return this.#masked(opened);
        return html`<lifeline-hex .bytes=${body.bytes}></lifeline-hex>`;
      default:
        return assertNever(form);
    }
  }

  #isHidden({ secrets }: OpenedBody): boolean {
    return secrets.length > 0 && !this.revealed.includes(wholeBody);
  }

  /** What is revealed by itself; all of it, where the whole is. */
  #places({ json, form }: OpenedBody): readonly number[] {
    if (!this.revealed.includes(wholeBody)) return this.revealed;
    return [...(json?.nodes ?? form ?? []).keys()];
  }

  #masked({ secrets }: OpenedBody): TemplateResult {
    const names = secrets.slice(0, 5).map(visibleText).join(', ');
    return html`<p class="note masked">
      It has what looks like a secret (${names}${secrets.length > 5 ? ', …' : ''}).
      <button class="tool" @click=${() => this.#tell(wholeBody)}>Show it all the same</button>
    </p>`;
  }

  readonly #reveal = (event: CustomEvent<number>): void => this.#tell(event.detail);

  #tell(place: number): void {
    this.dispatchEvent(new CustomEvent<number>('reveal', { detail: place }));
  }

  /** One question is under way at a time; what changes meanwhile leads to one more. */
  #ask(): void {
    const asked = this.loading || !this.#stale ? undefined : this.load?.();
    if (!asked) return;
    this.loading = true;
    this.#stale = false;
    const { key } = this;
    const done = (change: () => void): void => {
      this.loading = false;
      if (key === this.key) change();
      this.#ask();
    };
    asked.then(
      (body) => done(() => (this.body = body)),
      (error: unknown) => done(() => (this.problem = messageOf(error))),
    );
  }
}
