import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-icon/index.js';
import '@vscode-elements/elements/dist/vscode-progress-ring/index.js';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { assertNever } from '../../../src/core/assertNever';
import type { ServerNote } from '../../../src/core/trace/batch';
import type { ServerState, TimelineCommand } from '../../../src/core/trace/messages';
import { situationOf } from '../model/situation';
import './notes';
import { baseStyles } from './styles';

/**
 * What stands in the place of the picture while there is nothing to see: where things are, and what to do next.
 * Events: `run` with a `TimelineCommand`, `copy` with a text.
 */
@customElement('lifeline-empty')
export class EmptyState extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        flex: 1;
        min-height: 0;
        overflow: auto;
        display: flex;
      }
      section {
        display: flex;
        flex-direction: column;
        gap: 12px;
        width: min(560px, 100%);
        margin: auto;
        padding: 24px 20px;
      }
      h1 {
        margin: 0;
        font-size: 20px;
        font-weight: 500;
        line-height: 1.3;
      }
      p {
        margin: 0;
        max-width: 60ch;
        color: var(--vscode-descriptionForeground);
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-top: 4px;
      }
      .line {
        display: flex;
        align-items: center;
        gap: 8px;
        padding: 6px 6px 6px 12px;
        border-radius: 4px;
        border: 1px solid var(--vscode-contrastBorder, transparent);
        background: var(--vscode-textCodeBlock-background);
      }
      .line code {
        flex: 1;
        min-width: 0;
        overflow-x: auto;
        white-space: nowrap;
        background: none;
        color: var(--vscode-foreground);
      }
      pre {
        margin: 0;
        padding: 10px 12px;
        max-height: 40vh;
        overflow: auto;
        border-left: 3px solid var(--vscode-lifeline-error);
        background: var(--vscode-textCodeBlock-background);
        color: var(--vscode-foreground);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      pre.sentence {
        font-family: inherit;
      }
      h2 {
        margin: 14px 0 0;
        font-size: 11px;
        font-weight: 600;
        color: var(--vscode-descriptionForeground);
      }
      vscode-progress-ring {
        align-self: flex-start;
      }
    `,
  ];

  @property({ attribute: false }) server: ServerState | undefined;
  @property({ attribute: false }) notes: readonly ServerNote[] = [];
  /** Changes when the notes have. */
  @property({ type: Number }) version = 0;

  override render(): TemplateResult {
    return html`<section aria-label="What to do next">${this.#content()} ${this.#notes()}</section>`;
  }

  #content(): TemplateResult | typeof nothing {
    const { server } = this;
    const situation = situationOf(server, false);
    switch (situation) {
      case 'connecting':
      case 'data':
        return nothing;
      case 'restricted':
        return html`<h1>Restricted Mode</h1>
          <p>The server runs your app, and nothing of this folder runs before you trust it.</p>
          <div class="actions">${this.#button('Manage Workspace Trust', 'manageTrust')}</div>`;
      case 'noApp':
        return html`<h1>Which app should run?</h1>
          <p>Choose the WSGI app of this folder: Flask, Django, Bottle or a plain application function.</p>
          <div class="actions">${this.#button('Set App File…', 'setAppFile')}</div>`;
      case 'stopped':
        return html`<h1>The server is stopped</h1>
          <p>
            Start it to run <span class="mono">${server?.app}</span> and see each request here, from accept to close.
          </p>
          <div class="actions">
            ${this.#button('Start Server', 'start')} ${this.#button('Set App File…', 'setAppFile', true)}
          </div>`;
      case 'starting':
        return html`<vscode-progress-ring aria-label="Starting"></vscode-progress-ring>
          <h1>Starting ${server?.app}…</h1>
          <p>${server?.python ?? 'The server listens first, then the app worker imports your app.'}</p>`;
      case 'failed':
        return this.#failed();
      case 'waiting':
        return this.#waiting();
      default:
        return assertNever(situation);
    }
  }

  /** The server itself may have failed, or it listens and the app has. */
  #failed(): TemplateResult {
    const listens = this.server?.address !== undefined;
    const problem = this.server?.problem ?? 'It failed without saying why. The log may tell more.';
    return html`<h1>${listens ? 'The app did not start' : 'The server did not start'}</h1>
      <pre class=${problem.includes('\n') ? 'mono' : 'sentence'} role="alert">${problem}</pre>
      <div class="actions">
        ${listens ? this.#button('Restart Server', 'restart') : this.#button('Start Server', 'start')}
        ${this.#button('Set App File…', 'setAppFile', true)} ${this.#button('Show Log', 'showLog', true)}
      </div>`;
  }

  #waiting(): TemplateResult {
    const url = this.server?.url ?? `http://${this.server?.address ?? ''}/`;
    const curl = `curl ${quoted(`http://${this.server?.address ?? ''}/`)}`;
    return html`<h1>Ready for the first request</h1>
      <p>
        <span class="mono">${this.server?.app}</span> is listening. Open it in a browser or send a request; it shows up
        here at once.
      </p>
      <div class="actions">
        <vscode-button title=${url} @click=${() => this.#run('openInBrowser')}>Open in Browser</vscode-button>
      </div>
      <div class="line">
        <code class="mono">${curl}</code>
        <vscode-button
          secondary
          icon="copy"
          aria-label="Copy the curl line"
          @click=${() => this.dispatchEvent(new CustomEvent<string>('copy', { detail: curl }))}
          >Copy</vscode-button
        >
      </div>`;
  }

  #notes(): TemplateResult | typeof nothing {
    if (this.notes.length === 0) return nothing;
    return html`<h2>What the server did so far</h2>
      <lifeline-notes .notes=${this.notes} .version=${this.version}></lifeline-notes>`;
  }

  #button(label: string, command: TimelineCommand, secondary = false): TemplateResult {
    return html`<vscode-button ?secondary=${secondary} @click=${() => this.#run(command)}>${label}</vscode-button>`;
  }

  #run(command: TimelineCommand): void {
    this.dispatchEvent(new CustomEvent<TimelineCommand>('run', { detail: command }));
  }
}

/** For a POSIX shell; an address needs it only with brackets of IPv6. */
function quoted(text: string): string {
  return /^[\w:/.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
