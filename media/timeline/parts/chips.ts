import { html, nothing, type TemplateResult } from 'lit';
import { counted } from '../format';
import type { Choosing } from './choosing';
import type { Feed } from './feed';
import type { Following } from './following';

/** What the chips ask of the page. */
export interface ChipActions {
  readonly runAgain: () => void;
  /** What else can be done with the chosen ones. */
  readonly more: () => TemplateResult | typeof nothing;
  readonly pause: (paused: boolean) => void;
  readonly follow: (follow: boolean) => void;
}

/** What lies over the picture's corner: what to do with the chosen requests, and back to the newest. */
export function chips(feed: Feed, choosing: Choosing, { behind, newer }: Following, act: ChipActions): TemplateResult {
  const { paused, unseen } = feed.live;
  return html`<div class="chips">
    ${choosing.chips(act.runAgain, act.more())}
    ${
      paused ? html`<button class="tool chip" @click=${() => act.pause(false)}>Paused, ${unseen} new</button>` : nothing
    }
    ${
      behind
        ? html`<button
            class="tool chip"
            title="Following stopped where you looked back. Show the newest requests again (End)."
            @click=${() => act.follow(true)}
          >
            Follow the newest${newer > 0 ? ` · ${counted(newer, 'new request')}` : nothing}
          </button>`
        : nothing
    }
  </div>`;
}
