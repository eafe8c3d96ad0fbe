import { css, html, type TemplateResult } from 'lit';
import { visible, type Piece } from '../../model/content/visibleText';

/** Text from somewhere else in a template: marks stand out by an outline, and say at the pointer what they are. */
export function shownPieces(pieces: readonly Piece[]): (TemplateResult | string)[] {
  return pieces.map((piece) =>
    typeof piece === 'string' ? piece : html`<span class="mark" title=${piece.meaning}>${piece.shown}</span>`,
  );
}

export function shownText(text: string): (TemplateResult | string)[] {
  return shownPieces(visible(text));
}

export const markStyles = css`
  .mark {
    padding: 0 1px;
    border: 1px solid color-mix(in srgb, var(--vscode-lifeline-warningText, currentColor) 55%, transparent);
    border-radius: 2px;
    color: var(--vscode-lifeline-warningText, inherit);
    unicode-bidi: isolate;
  }
`;
