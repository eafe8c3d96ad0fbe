import '@vscode-elements/elements/dist/vscode-icon/index.js';
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Finding } from '../../../src/core/trace/detail';
import { duration } from '../format';
import { referenceUrl } from '../references';
import { baseStyles } from './styles';

/** What was found in one exchange: how grave, what, where the rule stands, and when. */
@customElement('lifeline-findings')
export class FindingList extends LitElement {
  static override styles = [
    baseStyles,
    css`
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
        font-size: 12px;
        user-select: text;
      }
      li {
        display: grid;
        grid-template-columns: 16px 1fr;
        gap: 2px 8px;
        padding: 8px 0;
        border-bottom: 1px solid color-mix(in srgb, var(--vscode-descriptionForeground) 14%, transparent);
      }
      li:first-child {
        padding-top: 2px;
      }
      li:last-child {
        border-bottom: 0;
      }
      vscode-icon.info {
        color: var(--vscode-lifeline-info);
      }
      vscode-icon.warning {
        color: var(--vscode-lifeline-warning);
      }
      vscode-icon.error {
        color: var(--vscode-lifeline-error);
      }
      .message {
        overflow-wrap: anywhere;
      }
      .more {
        grid-column: 2;
        display: flex;
        flex-wrap: wrap;
        gap: 0 14px;
        font-variant-numeric: tabular-nums;
      }
      a {
        color: var(--vscode-textLink-foreground);
        text-decoration: none;
        border-radius: 2px;
        outline-offset: 1px;
      }
      a:hover {
        color: var(--vscode-textLink-activeForeground, var(--vscode-textLink-foreground));
        text-decoration: underline;
      }
      a:focus-visible {
        outline: 1px solid var(--vscode-focusBorder);
      }
    `,
  ];

  @property({ attribute: false }) findings: readonly Finding[] = [];
  /** ms on the trace's clock: what instants are told from */
  @property({ attribute: false }) origin = 0;

  override render(): TemplateResult {
    if (this.findings.length === 0) {
      return html`<div class="dim">Nothing was seen here that is against PEP 3333 or HTTP.</div>`;
    }
    return html`<ul aria-label="Findings">
      ${this.findings.map((finding) => this.#finding(finding))}
    </ul>`;
  }

  #finding({ at, level, code, message, reference }: Finding): TemplateResult {
    return html`<li>
      <vscode-icon class=${level} name=${level} aria-hidden="true"></vscode-icon>
      <div class="message"><span class="visually-hidden">${levelText[level]}: </span>${message}</div>
      <div class="more dim">
        ${this.#reference(reference)}<span>at +${duration(at - this.origin)}</span><span class="mono">${code}</span>
      </div>
    </li>`;
  }

  /** VS Code itself opens the links of a webview in the browser. */
  #reference(reference: string): TemplateResult {
    const url = referenceUrl(reference);
    return url === undefined ? html`<span>${reference}</span>` : html`<a href=${url} title=${url}>${reference}</a>`;
  }
}

const levelText = { info: 'Hint', warning: 'Warning', error: 'Error' } as const satisfies Record<
  Finding['level'],
  string
>;
