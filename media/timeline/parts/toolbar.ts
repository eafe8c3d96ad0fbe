import '@vscode-elements/elements/dist/vscode-icon/index.js';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { assertNever } from '../../../src/core/assertNever';
import type { ServerState, TimelineCommand } from '../../../src/core/trace/messages';
import { groupingNames, groupings, type GroupBy } from '../model/grouping';
import { paneNames, panes, type Panes } from '../model/panes';
import { baseStyles, toolStyles } from './styles';

/** What the buttons of the toolbar ask for. */
export type ToolAction = 'runAgain' | 'follow' | 'pause' | 'clear' | 'fit' | 'scale' | 'kernel' | 'help' | 'inspector';

/** Events: `tool` with a `ToolAction`, `group` with a `GroupBy`, `panes` with `Panes`, `run` with a `TimelineCommand`. */
@customElement('lifeline-toolbar')
export class Toolbar extends LitElement {
  static override styles = [
    baseStyles,
    toolStyles,
    css`
      :host {
        display: block;
        container-type: inline-size;
        border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
      }
      .bar {
        display: flex;
        align-items: center;
        gap: 2px;
        height: 36px;
        padding: 0 8px;
        overflow: hidden;
      }
      .server {
        gap: 7px;
        background: var(--vscode-toolbar-hoverBackground);
        border-radius: 12px;
        padding: 0 10px;
        flex: none;
      }
      .server:disabled {
        opacity: 1;
      }
      .dot {
        width: 8px;
        height: 8px;
        border-radius: 50%;
        background: var(--vscode-descriptionForeground);
      }
      .dot.running {
        background: var(--vscode-lifeline-running);
      }
      .dot.starting,
      .dot.stopping {
        background: var(--vscode-lifeline-warning);
      }
      .dot.failed {
        background: var(--vscode-lifeline-error);
      }
      .app {
        min-width: 0;
        flex: 0 1 auto;
      }
      .app span {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .concurrency {
        font-size: 12px;
        white-space: nowrap;
      }
      .space {
        flex: 1 1 0;
      }
      .divider {
        width: 1px;
        height: 16px;
        margin: 0 4px;
        flex: none;
        background: var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
      }
      .tool {
        flex: none;
      }
      .grouping {
        position: relative;
      }
      .grouping select {
        position: absolute;
        inset: 0;
        width: 100%;
        opacity: 0;
        cursor: pointer;
      }
      .grouping:focus-within {
        outline: 1px solid var(--vscode-focusBorder);
        outline-offset: -1px;
      }
      option {
        background: var(--vscode-dropdown-background);
        color: var(--vscode-dropdown-foreground);
      }
      .tool.app {
        flex: 0 1 auto;
      }
      @container (max-width: 1200px) {
        .label {
          display: none;
        }
      }
      @container (max-width: 700px) {
        .concurrency,
        .app {
          display: none;
        }
      }
      @container (max-width: 440px) {
        .bar {
          gap: 0;
          padding: 0 4px;
        }
        .tool {
          padding: 0 3px;
        }
        .server {
          padding: 0 8px;
        }
        .divider,
        .spare {
          display: none;
        }
      }
      @container (max-width: 330px) {
        /* The port says which server it is. */
        .host {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) server: ServerState | undefined;
  @property({ type: Boolean }) following = true;
  @property({ type: Boolean }) paused = false;
  @property({ type: Number }) unseen = 0;
  @property({ type: Boolean }) inspector = false;
  /** What the kernel tells is shown. */
  @property({ type: Boolean }) kernel = false;
  @property({ attribute: false }) groupBy: GroupBy = 'connection';
  @property({ type: Boolean }) notToScale = false;
  @property({ attribute: false }) panes: Panes = 'both';

  override render(): TemplateResult {
    const { server } = this;
    return html`
      <div class="bar" role="toolbar" aria-label="Timeline">
        ${this.#server()}
        ${
          server && !server.restricted
            ? html`<button
                  class="tool app dim"
                  title=${server.app ? `App: ${server.app}. Click to choose another.` : 'Choose the WSGI app to run'}
                  aria-label="Set App File: ${server.app || 'no app set'}"
                  @click=${() => this.#run('setAppFile')}
                >
                  <span class="mono">${server.app || 'no app set'}</span>
                </button>
                <button
                  class="tool concurrency dim"
                  ?disabled=${server.status === 'stopping'}
                  title="How requests share the app: ${server.concurrency}. Click to choose another model."
                  aria-label="Set Concurrency Model: ${server.concurrency}"
                  @click=${() => this.#run('setConcurrency')}
                >
                  ${server.concurrency}
                </button>`
            : nothing
        }
        <span class="space"></span>
        ${this.#panes()} ${this.#grouping()}
        ${this.#tool('follow', 'Follow', 'pinned', 'Keep the newest request in view', this.following)}
        ${this.#tool(
          'pause',
          this.paused ? 'Resume' : 'Pause',
          this.paused ? 'debug-continue' : 'debug-pause',
          this.paused ? `Paused, ${this.unseen} new. Click to go on.` : 'Let the picture stand still; nothing is lost',
          this.paused,
        )}
        ${this.#tool('scale', 'Not to Scale', 'symbol-ruler', 'Give every phase room, however short it was (V)', this.notToScale, false, 'spare')}
        ${this.#tool('fit', 'Zoom to Fit', 'screen-full', 'Show the whole trace')}
        ${this.#tool('runAgain', 'Run Again', 'run-all', 'Run the chosen requests again under another model (R)', undefined, false, 'spare')}
        ${this.#tool('clear', 'Clear', 'clear-all', 'Forget every request so far')}
        <span class="divider"></span>
        ${this.#lifecycle()}
        <span class="divider"></span>
        ${this.#tool('kernel', 'Kernel', 'circuit-board', 'Show what the kernel tells: TCP states, queues (Linux)', this.kernel, false, 'spare')}
        ${this.#tool('inspector', 'Inspector', 'layout-sidebar-right', 'Show or hide the inspector', this.inspector, false)}
        ${this.#tool('help', 'Keyboard Help', 'question', 'Keys and mouse (?)', undefined, false, 'spare')}
      </div>
    `;
  }

  #server(): TemplateResult {
    const { server } = this;
    const status = server?.status ?? 'stopped';
    const running = status === 'running';
    const text = server ? statusText(server) : 'Connecting…';
    const colon = running ? text.lastIndexOf(':') : -1;
    return html`<button
      class="tool server"
      ?disabled=${!running}
      title=${running ? `Open ${server?.url ?? text} in the browser` : text}
      aria-label=${running ? `Server at ${text}: Open in Browser` : `Server: ${text}`}
      @click=${() => this.#run('openInBrowser')}
    >
      <span class="dot ${status}"></span
      ><span class=${running ? 'mono' : ''}
        >${colon > 0 ? html`<span class="host">${text.slice(0, colon)}</span>${text.slice(colon)}` : text}</span
      >
    </button>`;
  }

  #panes(): TemplateResult {
    const chosen = (event: Event): void => {
      const { value } = event.target as HTMLSelectElement;
      const detail = panes.find((each) => each === value);
      if (detail) this.dispatchEvent(new CustomEvent<Panes>('panes', { detail }));
    };
    return html`<span class="tool grouping" title="What is shown: the timeline, the table of requests, or both (T)">
      <vscode-icon name="table"></vscode-icon><span class="label">${paneNames[this.panes]}</span>
      <select aria-label="Show" @change=${chosen}>
        ${panes.map((each) => html`<option value=${each} .selected=${each === this.panes}>${paneNames[each]}</option>`)}
      </select>
    </span>`;
  }

  /** A select of the platform, under an icon and the chosen name. */
  #grouping(): TemplateResult {
    const chosen = (event: Event): void => {
      const { value } = event.target as HTMLSelectElement;
      const detail = groupings.find((each) => each === value);
      if (detail) this.dispatchEvent(new CustomEvent<GroupBy>('group', { detail }));
    };
    return html`<span class="tool grouping" title="Group by: what a lane stands for (G)">
      <vscode-icon name="list-tree"></vscode-icon><span class="label">${groupingNames[this.groupBy]}</span>
      <select aria-label="Group by" @change=${chosen}>
        ${groupings.map(
          (each) => html`<option value=${each} .selected=${each === this.groupBy}>${groupingNames[each]}</option>`,
        )}
      </select>
    </span>`;
  }

  #lifecycle(): TemplateResult {
    const status = this.server?.status ?? 'stopped';
    const blocked = this.server === undefined || this.server.restricted;
    // It goes on listening while the app has failed.
    const listens = this.server?.address !== undefined;
    if (!listens && (status === 'stopped' || status === 'failed')) {
      return this.#command('start', 'Start Server', 'play', blocked || this.server?.app === '');
    }
    return html`
      ${this.#command('restart', 'Restart Server', 'debug-restart', blocked || !listens || status === 'stopping')}
      ${this.#command('stop', 'Stop Server', 'debug-stop', status === 'stopping')}
    `;
  }

  #tool(
    action: ToolAction,
    label: string,
    icon: string,
    title: string,
    pressed?: boolean,
    labelled = true,
    extra = '',
  ): TemplateResult {
    return html`<button
      class="tool ${extra}"
      title=${title}
      aria-label=${label}
      aria-pressed=${pressed ?? nothing}
      @click=${() => this.dispatchEvent(new CustomEvent<ToolAction>('tool', { detail: action }))}
    >
      <vscode-icon name=${icon}></vscode-icon>${labelled ? html`<span class="label">${label}</span>` : nothing}
    </button>`;
  }

  #command(command: TimelineCommand, label: string, icon: string, disabled: boolean): TemplateResult {
    return html`<button
      class="tool"
      title=${label}
      aria-label=${label}
      ?disabled=${disabled}
      @click=${() => this.#run(command)}
    >
      <vscode-icon name=${icon}></vscode-icon>
    </button>`;
  }

  #run(command: TimelineCommand): void {
    this.dispatchEvent(new CustomEvent<TimelineCommand>('run', { detail: command }));
  }
}

function statusText(server: ServerState): string {
  if (server.restricted) return 'Restricted';
  switch (server.status) {
    case 'running':
      return server.address ?? 'Running';
    case 'starting':
      return 'Starting…';
    case 'stopping':
      return 'Stopping…';
    case 'stopped':
      return 'Stopped';
    case 'failed':
      return 'Failed';
    default:
      return assertNever(server.status);
  }
}
