import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { baseStyles, toolStyles } from './styles';
import type { ToolAction } from './toolbar';

/** Stands where the kernel's view would, while it is switched off. Event: `tool`, which the page answers. */
@customElement('lifeline-kernel-switch')
export class KernelSwitch extends LitElement {
  static override styles = [
    baseStyles,
    toolStyles,
    css`
      .tool {
        margin-left: -6px;
        color: var(--vscode-textLink-foreground);
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<button class="tool" title="Read /proc/net/tcp while this page is in view" @click=${() => this.#ask()}>
      Show what the kernel tells
    </button>`;
  }

  #ask(): void {
    this.dispatchEvent(new CustomEvent<ToolAction>('tool', { detail: 'kernel', bubbles: true, composed: true }));
  }
}
