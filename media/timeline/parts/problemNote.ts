import { html, nothing, type TemplateResult } from 'lit';
import type { Problem } from '../../../src/core/trace/detail';
import { culprit, type SourcePlace } from '../model/content/traceback';
import { visibleText } from '../model/content/visibleText';
import { toneOf } from '../model/words';
import { shownText } from './content/shownText';
import type { Inspected } from './inspected';

/**
 * What went wrong, in a sentence, with the line of the app where it did; all of the traceback has a tab.
 * @param showTraceback chooses that tab
 */
export function problemNote(inspected: Inspected, showTraceback: () => void): TemplateResult | typeof nothing {
  const problem = inspected.detail?.problem;
  if (!problem) return nothing;
  const { code, fault, message, traceback } = problem;
  return html`<div class="problem ${toneOf(inspected.exchange)}">
    ${shownText(message)} <span class="dim">(${code}, ${faultText[fault]})</span> ${
      traceback ? where(traceback, (place) => inspected.act({ kind: 'openSource', ...place }), showTraceback) : nothing
    }
  </div>`;
}

function where(traceback: string, open: (place: SourcePlace) => void, showTraceback: () => void): TemplateResult {
  const place = culprit(traceback);
  return html`<div class="where">
    ${
      place
        ? html`<button class="frame mono" title="Open ${visibleText(place.file)}" @click=${() => open(place)}>
            ${shownText(nameOf(place))}
          </button>`
        : nothing
    }
    <button class="frame" @click=${showTraceback}>Traceback</button>
  </div>`;
}

/** "views.py, line 41, in show" */
function nameOf({ file, line, name }: SourcePlace & { readonly name: string }): string {
  return `${/[^\\/]*$/.exec(file)?.[0] ?? file}, line ${line}${name ? `, in ${name}` : ''}`;
}

const faultText = {
  peer: 'the client’s fault',
  app: 'the app’s fault',
  server: 'the server’s fault',
} as const satisfies Record<Problem['fault'], string>;
