import '@vscode-elements/elements/dist/vscode-icon/index.js';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { assertNever } from '../../../src/core/assertNever';
import type { ServerState, TimelineCommand } from '../../../src/core/trace/messages';
import { groupingNames, groupings, type GroupBy } from '../model/grouping';
import { paneNames, panes, type Panes } from '../model/panes';
import './menuButton';
import type { MenuEntry } from './menuButton';
import { baseStyles, toolStyles } from './styles';
import { toolbarStyles } from './toolbarStyles';

/** What the buttons of the toolbar ask for. */
export type ToolAction = 'runAgain' | 'follow' | 'pause' | 'clear' | 'fit' | 'scale' | 'kernel' | 'help' | 'inspector';

/** Events: `tool` with a `ToolAction`, `group` with a `GroupBy`, `panes` with `Panes`, `run` with a `TimelineCommand`. */
@customElement('lifeline-toolbar')
export class Toolbar extends LitElement {
  static override styles = [baseStyles, toolStyles, toolbarStyles];

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
        ${this.#tool('fit', 'Zoom to Fit', 'screen-full', 'Show the whole trace', undefined, true, 'keyed')}
        ${this.#tool('runAgain', 'Run Again', 'run-all', 'Run the chosen requests again under another model (R)', undefined, false, 'spare')}
        ${this.#tool('clear', 'Clear', 'clear-all', 'Forget every request so far')}
        <span class="divider"></span>
        ${this.#lifecycle()}
        <span class="divider"></span>
        ${this.#tool('kernel', 'Kernel', 'circuit-board', 'Show what the kernel tells: TCP states, queues (Linux)', this.kernel, false, 'spare')}
        ${this.#tool('inspector', 'Inspector', 'layout-sidebar-right', 'Show or hide the inspector', this.inspector, false)}
        ${this.#tool('help', 'Keyboard Help', 'question', 'Keys and mouse (?)', undefined, false, 'spare')}
        <lifeline-menu
          class="more"
          label="More Actions"
          hint="What the toolbar has no room for"
          compact
          .entries=${this.#more()}
        ></lifeline-menu>
      </div>
    `;
  }

  /** What a narrow page leaves out. */
  #more(): MenuEntry[] {
    const { server } = this;
    const tool = (action: ToolAction, label: string, key?: string): MenuEntry => ({
      label,
      ...(key === undefined ? {} : { key }),
      choose: () => this.#act(action),
    });
    return [
      ...(server && !server.restricted
        ? [
            { label: 'Set App File…', hint: server.app || 'no app set', choose: () => this.#run('setAppFile') },
            {
              label: 'Set Concurrency Model…',
              hint: server.concurrency,
              disabled: server.status === 'stopping',
              choose: () => this.#run('setConcurrency'),
            },
          ]
        : []),
      { ...tool('fit', 'Zoom to Fit', '0'), apart: true },
      tool('scale', this.notToScale ? 'To Scale' : 'Not to Scale', 'V'),
      tool('runAgain', 'Run Again…', 'R'),
      tool('kernel', this.kernel ? 'Hide What the Kernel Tells' : 'Show What the Kernel Tells'),
      tool('help', 'Keyboard Help', '?'),
    ];
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
      @click=${() => this.#act(action)}
    >
      <vscode-icon name=${icon}></vscode-icon>${labelled ? html`<span class="label">${label}</span>` : nothing}
    </button>`;
  }

  #act(action: ToolAction): void {
    this.dispatchEvent(new CustomEvent<ToolAction>('tool', { detail: action }));
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
