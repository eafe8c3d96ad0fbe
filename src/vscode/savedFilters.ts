import {
  ConfigurationTarget,
  EventEmitter,
  InputBoxValidationSeverity,
  window,
  workspace,
  type Disposable,
} from 'vscode';
import { assertNever } from '../core/assertNever';
import type { FilterChange, NamedFilter } from '../core/trace/messages';
import { section } from './settings';

/** Filters by name, as settings hold them: those of the workspace can be shared with it. */
type FilterTable = Readonly<Record<string, string>>;

const setting = 'timeline.filters';

/** The filters that are kept under names, in the settings: of the workspace where there is one, else of the user. */
export class SavedFilters implements Disposable {
  readonly onDidChange = (listener: () => void): Disposable => this.#changed.event(listener);
  readonly #changed = new EventEmitter<void>();
  readonly #watching: Disposable;

  constructor() {
    this.#watching = workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${section}.${setting}`)) this.#changed.fire();
    });
  }

  /** In the order of their names; settings.json is typed by hand, so what is no text is left out. */
  get all(): readonly NamedFilter[] {
    const { globalValue, workspaceValue } = inspected();
    return Object.entries({ ...tableOf(globalValue), ...tableOf(workspaceValue) })
      .map(([name, text]) => ({ name, text }))
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  /**
   * Asks for what it needs.
   * @param text of the filter that is on
   * @returns what to say of it; nothing where the user went back
   */
  async edit(change: FilterChange, text: string): Promise<string> {
    switch (change) {
      case 'save':
        return this.#save(text);
      case 'rename':
        return this.#rename();
      case 'delete':
        return this.#delete();
      default:
        return assertNever(change);
    }
  }

  dispose(): void {
    this.#watching.dispose();
    this.#changed.dispose();
  }

  async #save(text: string): Promise<string> {
    if (text.trim() === '') throw new Error('There is no filter to save. Type one first.');
    const same = this.all.find((filter) => filter.text === text);
    const name = await this.#askName('Save Filter', `A name for ${text}`, same?.name ?? '', true);
    if (name === undefined) return '';
    await this.#change(targetOf(name), (table) => ({ ...table, [name]: text }));
    return `Saved the filter as “${name}”.`;
  }

  async #rename(): Promise<string> {
    const from = await this.#pick('Rename Filter', 'Which filter gets another name?');
    if (!from) return '';
    const name = await this.#askName('Rename Filter', `Another name for ${from.text}`, from.name, false);
    if (name === undefined || name === from.name) return '';
    await this.#change(targetOf(from.name), ({ [from.name]: _, ...others }) => ({ ...others, [name]: from.text }));
    return `“${from.name}” is called “${name}” now.`;
  }

  async #delete(): Promise<string> {
    const filter = await this.#pick('Delete Filter', 'Which filter is no longer needed?');
    if (!filter) return '';
    const { globalValue, workspaceValue } = inspected();
    for (const [target, value] of [
      [ConfigurationTarget.Workspace, workspaceValue],
      [ConfigurationTarget.Global, globalValue],
    ] as const) {
      if (filter.name in tableOf(value)) await this.#change(target, ({ [filter.name]: _, ...others }) => others);
    }
    return `Deleted the filter “${filter.name}”.`;
  }

  async #pick(title: string, placeHolder: string): Promise<NamedFilter | undefined> {
    const { all } = this;
    if (all.length === 0) throw new Error('No filter is saved yet.');
    const items = all.map((filter) => ({ label: filter.name, description: filter.text, filter }));
    const picked = await window.showQuickPick(items, { title, placeHolder, matchOnDescription: true });
    return picked?.filter;
  }

  /** @param replacing a name that is taken may be given again */
  async #askName(title: string, prompt: string, value: string, replacing: boolean): Promise<string | undefined> {
    const name = await window.showInputBox({
      title,
      prompt,
      value,
      validateInput: (typed) => {
        const wanted = typed.trim();
        if (wanted === '') return 'Type a name.';
        if (wanted === value || !this.all.some((filter) => filter.name === wanted)) return undefined;
        return replacing
          ? {
              message: `“${wanted}” is there already. Enter replaces it.`,
              severity: InputBoxValidationSeverity.Warning,
            }
          : `“${wanted}” is there already. Type another name.`;
      },
    });
    return name?.trim();
  }

  async #change(target: ConfigurationTarget, change: (table: FilterTable) => FilterTable): Promise<void> {
    const { globalValue, workspaceValue } = inspected();
    const table = change(tableOf(target === ConfigurationTarget.Global ? globalValue : workspaceValue));
    const value = Object.keys(table).length > 0 ? table : undefined;
    await workspace.getConfiguration(section).update(setting, value, target);
  }
}

function inspected(): { readonly globalValue?: unknown; readonly workspaceValue?: unknown } {
  return workspace.getConfiguration(section).inspect<unknown>(setting) ?? {};
}

function tableOf(value: unknown): FilterTable {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Where a filter of that name stands, or is to stand. */
function targetOf(name: string): ConfigurationTarget {
  const { globalValue, workspaceValue } = inspected();
  if (!(name in tableOf(workspaceValue)) && name in tableOf(globalValue)) return ConfigurationTarget.Global;
  return (workspace.workspaceFolders ?? []).length > 0 ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
}
