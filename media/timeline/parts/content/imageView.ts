import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles } from '../styles';

/**
 * Bytes as an image, on a ground that shows what is transparent. It is drawn from memory: nothing is loaded from anywhere,
 * and in an SVG nothing runs.
 */
@customElement('lifeline-image')
export class ImageView extends LitElement {
  static override styles = [
    baseStyles,
    css`
      img {
        display: block;
        max-width: 100%;
        max-height: 420px;
        min-width: 8px;
        min-height: 8px;
        border: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
        background: repeating-conic-gradient(
            color-mix(in srgb, var(--vscode-descriptionForeground) 18%, transparent) 0 25%,
            transparent 0 50%
          )
          0 0 / 16px 16px;
      }
      p {
        margin: 6px 0 0;
        font-size: 12px;
      }
    `,
  ];

  @property({ attribute: false }) bytes = new Uint8Array(0);
  /** Its media type. */
  @property() type = '';
  @state() private url = '';
  @state() private size = '';
  @state() private failed = false;

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('bytes') && !changed.has('type')) return;
    this.#release();
    this.url = URL.createObjectURL(new Blob([new Uint8Array(this.bytes)], { type: this.type }));
    this.size = '';
    this.failed = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#release();
  }

  override render(): TemplateResult {
    if (this.failed) return html`<p>This is no image that can be drawn: it may be damaged or cut off.</p>`;
    return html`<img
        src=${this.url}
        alt="The body as an image"
        @load=${(event: Event) => this.#loaded(event.target as HTMLImageElement)}
        @error=${() => (this.failed = true)}
      />
      ${this.size ? html`<p class="dim">${this.size}</p>` : nothing}`;
  }

  #loaded({ naturalWidth, naturalHeight }: HTMLImageElement): void {
    this.size = naturalWidth > 0 ? `${naturalWidth} × ${naturalHeight} pixels` : '';
  }

  #release(): void {
    if (this.url) URL.revokeObjectURL(this.url);
  }
}
