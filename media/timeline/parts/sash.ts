import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';

/**
 * The line between two panes: dragged with the pointer, or moved with the arrow keys.
 * Event: `moved` with the pixels by which the pane after it is to grow.
 */
@customElement('lifeline-sash')
export class Sash extends LitElement {
  static override styles = css`
    :host {
      position: relative;
      z-index: 5;
      flex: none;
      background: var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
      touch-action: none;
    }
    :host([orientation='vertical']) {
      width: 1px;
      cursor: ew-resize;
    }
    :host([orientation='horizontal']) {
      height: 1px;
      cursor: ns-resize;
    }
    .grip {
      position: absolute;
      inset: -3px;
      transition: background 0.1s 0.15s;
    }
    .grip:hover,
    .grip.moving {
      background: var(--vscode-sash-hoverBorder, var(--vscode-focusBorder));
    }
    .grip:focus-visible {
      outline: none;
      background: var(--vscode-focusBorder);
    }
  `;

  /** Of the line itself: vertical stands between left and right. */
  @property({ reflect: true }) orientation: 'vertical' | 'horizontal' = 'vertical';
  /** Share of the pane after it, in percent. */
  @property({ type: Number }) value = 50;
  /** What a screen reader calls it. */
  @property() label = 'Resize the inspector';
  #from: number | undefined;

  override render(): TemplateResult {
    return html`<div
      class="grip"
      role="separator"
      tabindex="0"
      aria-label=${this.label}
      aria-orientation=${this.orientation}
      aria-valuemin="15"
      aria-valuemax="80"
      aria-valuenow=${Math.round(this.value)}
      @pointerdown=${(event: PointerEvent) => this.#start(event)}
      @pointermove=${(event: PointerEvent) => this.#drag(event)}
      @pointerup=${(event: PointerEvent) => this.#stop(event)}
      @pointercancel=${(event: PointerEvent) => this.#stop(event)}
      @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
    ></div>`;
  }

  #start(event: PointerEvent): void {
    const grip = event.currentTarget as HTMLElement;
    grip.setPointerCapture(event.pointerId);
    grip.classList.add('moving');
    this.#from = this.#along(event);
  }

  #drag(event: PointerEvent): void {
    if (this.#from === undefined) return;
    const at = this.#along(event);
    this.#move(this.#from - at);
    this.#from = at;
  }

  #stop(event: PointerEvent): void {
    (event.currentTarget as HTMLElement).classList.remove('moving');
    this.#from = undefined;
  }

  #onKey(event: KeyboardEvent): void {
    const step = event.shiftKey ? 64 : 16;
    const grow = this.orientation === 'vertical' ? 'ArrowLeft' : 'ArrowUp';
    const shrink = this.orientation === 'vertical' ? 'ArrowRight' : 'ArrowDown';
    if (event.key !== grow && event.key !== shrink) return;
    event.preventDefault();
    this.#move(event.key === grow ? step : -step);
  }

  #along(event: PointerEvent): number {
    return this.orientation === 'vertical' ? event.clientX : event.clientY;
  }

  #move(pixels: number): void {
    this.dispatchEvent(new CustomEvent<number>('moved', { detail: pixels }));
  }
}
