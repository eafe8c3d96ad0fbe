import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Provenance } from '../../../src/core/trace/phases';
import type { Verdict } from '../../../src/core/trace/verdict';
import type { Blocker, WaitReason } from '../../../src/core/trace/waits';
import { duration } from '../format';
import type { Trace } from '../model/trace';
import { requestName } from '../model/words';
import type { Selection } from '../selection';
import { baseStyles, linkListStyles, provenanceStyles, toolStyles } from './styles';

/** Says where the time went and links to who held it up. Event: `select` with a `Selection`. */
@customElement('lifeline-verdict')
export class VerdictCard extends LitElement {
  static override styles = [
    baseStyles,
    toolStyles,
    linkListStyles,
    provenanceStyles,
    css`
      section {
        margin: 0 0 14px;
        padding: 8px 12px;
        border-left: 3px solid var(--vscode-lifeline-info);
        background: var(--vscode-textCodeBlock-background);
        overflow-wrap: anywhere;
      }
      section.waited {
        border-color: var(--vscode-lifeline-warning);
      }
      section.failed {
        border-color: var(--vscode-lifeline-error);
      }
      p {
        margin: 0;
        line-height: 1.5;
        user-select: text;
      }
      ul {
        margin: 6px 0 0 -6px;
      }
      .tool .mono {
        color: var(--vscode-textLink-foreground);
      }
      .more {
        padding: 2px 6px 0;
        font-size: 12px;
      }
    `,
  ];

  @property({ attribute: false }) trace: Trace | undefined;
  @property({ attribute: false }) verdict: Verdict | undefined;

  override render(): TemplateResult | typeof nothing {
    const { verdict, trace } = this;
    if (!verdict || !trace) return nothing;
    return html`<section class=${toneOfVerdict(verdict)} aria-label="Verdict">
      <p title=${provenanceText[verdict.provenance]}>
        <strong>${verdict.lead}</strong>${verdict.rest}
        ${verdict.provenance === 'measured' ? nothing : html`<span class="provenance">${verdict.provenance}</span>`}
      </p>
      ${this.#blockers(trace, verdict.blockers)}
    </section>`;
  }

  #blockers(trace: Trace, blockers: readonly Blocker[]): TemplateResult | typeof nothing {
    if (blockers.length === 0) return nothing;
    const rest = blockers.length - mostLinks;
    return html`<ul aria-label="Held up by">
        ${blockers.slice(0, mostLinks).map((blocker) => this.#blocker(trace, blocker))}
      </ul>
      ${rest > 0 ? html`<div class="more dim">and ${rest} more</div>` : nothing}`;
  }

  #blocker(trace: Trace, blocker: Blocker): TemplateResult {
    const exchange = trace.exchange(blocker.exchange);
    const connection = trace.connection(blocker.connection);
    const client = trace.store.text(connection?.remote ?? 0);
    const selection: Selection = exchange
      ? { kind: 'exchange', id: exchange.id }
      : { kind: 'connection', id: blocker.connection };
    const select = (): boolean =>
      this.dispatchEvent(new CustomEvent<Selection>('select', { detail: selection, bubbles: true, composed: true }));
    return html`<li>
      <button class="tool" title="Select it" @click=${select}>
        <span class="mono">${exchange ? requestName(trace, exchange) : client}</span>
        <span class="dim"
          >${didText[blocker.why]} ${duration(blocker.end - blocker.start)}${blocker.open ? '…' : ''}</span
        >
      </button>
    </li>`;
  }
}

type VerdictTone = 'plain' | 'waited' | 'failed';

function toneOfVerdict({ kind }: Verdict): VerdictTone {
  return tones[kind] ?? 'plain';
}

const tones: Partial<Record<Verdict['kind'], VerdictTone>> = {
  deadlock: 'failed',
  failed: 'failed',
  turn: 'waited',
  slot: 'waited',
  gil: 'waited',
  processor: 'waited',
  self: 'waited',
  stall: 'waited',
  continue: 'waited',
  left: 'waited',
};

const didText: Readonly<Record<WaitReason, string>> = {
  turn: 'was served for',
  slot: 'held a slot for',
  self: 'took',
  gil: 'shared the GIL for',
};

const provenanceText: Readonly<Record<Provenance, string>> = {
  measured: 'Read off clocks where it happened',
  inferred: 'Concluded from other measurements',
  emulated: 'Imitated: a server of this kind would not even have accepted it yet',
};

const mostLinks = 5;
