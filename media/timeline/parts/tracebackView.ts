import { css, html, nothing, type TemplateResult } from 'lit';
import { tracebackLines, type SourcePlace } from '../model/content/traceback';
import { shownText } from './content/shownText';

/**
 * Text in which frames of Python's tracebacks are buttons that open their line. Source lines and their carets keep their
 * columns; a path, or what was raised, wraps.
 */
export function tracebackText(text: string, open: (place: SourcePlace) => void): TemplateResult[] {
  return tracebackLines(text).map(({ before, link, after, place, source }) => {
    const frame = place ? frameLink(link, () => open(place)) : nothing;
    const line = before + link + after;
    return html`<span class="line ${source ? 'source' : ''}"
      >${line === '' ? ' ' : html`${shownText(before)}${frame}${shownText(after)}`}</span
    >`;
  });
}

/** Not a button: one does not wrap with the line that it stands in. */
function frameLink(text: string, open: () => void): TemplateResult {
  return html`<span
    class="frame"
    role="button"
    tabindex="0"
    title="Open this line"
    @click=${open}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      event.stopPropagation();
      open();
    }}
    >${shownText(text)}</span
  >`;
}

export const tracebackStyles = css`
  .line {
    display: block;
  }
  .source {
    white-space: pre;
  }
  .frame {
    display: inline;
    padding: 0;
    border: 0;
    border-radius: 2px;
    background: transparent;
    color: var(--vscode-textLink-foreground);
    font: inherit;
    text-align: left;
    white-space: inherit;
    overflow-wrap: inherit;
    user-select: text;
    cursor: pointer;
  }
  .frame:hover {
    color: var(--vscode-textLink-activeForeground, var(--vscode-textLink-foreground));
    text-decoration: underline;
  }
  .frame:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 1px;
  }
`;
