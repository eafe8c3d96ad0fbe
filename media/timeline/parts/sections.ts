import { css, html, nothing, type TemplateResult } from 'lit';

/** A part of a tab with a title, which can be closed. */
export function section(title: string, content: TemplateResult, count?: number): TemplateResult {
  return html`<details class="section" open>
    <summary>
      <h3>${title}${count === undefined ? nothing : html`<span class="dim"> ${count.toLocaleString('en')}</span>`}</h3>
    </summary>
    <div class="content">${content}</div>
  </details>`;
}

export const sectionStyles = css`
  .section {
    display: block;
    margin: 0 0 14px;
  }
  .section summary {
    padding: 2px 0;
    cursor: pointer;
    color: var(--vscode-foreground);
    border-radius: 2px;
  }
  .section summary:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
  }
  .section h3 {
    display: inline;
    margin: 0;
    font-size: 12px;
    font-weight: 600;
  }
  .section h3 .dim {
    font-weight: 400;
  }
  .section .content {
    padding: 4px 0 0 2px;
  }
`;
