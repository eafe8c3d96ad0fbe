import {
  EventEmitter,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  window,
  type Disposable,
  type TreeDataProvider,
  type TreeView,
} from 'vscode';
import { changedNodes, ConnectionTreeReader, emptyTree, type Tree, type TreeNode } from '../core/trace/connectionTree';
import type { RevealTarget } from '../core/trace/messages';
import { commandIds, connectionsViewId } from './ids';
import type { Overview } from './overview';
import type { LifelineServer } from './server';
import type { Timeline } from './timeline';

/** A batch may come every 16 ms; a tree that people read need not change as often. */
const refreshMs = 400;
/** How often ages are looked at, where nothing else happens. */
const ageMs = 1000;

/**
 * The tree of what is connected. Its elements are the ids of its nodes: the editor knows them again, whatever has
 * become of them. While nobody sees it, nothing is read; and only what reads differently is shown anew.
 */
export class ConnectionsView implements TreeDataProvider<string>, Disposable {
  readonly onDidChangeTreeData = (listener: (ids: string[] | undefined) => void): Disposable =>
    this.#changed.event(listener);
  readonly #changed = new EventEmitter<string[] | undefined>();
  readonly #server: LifelineServer;
  readonly #overview: Overview;
  readonly #timeline: Timeline;
  readonly #reader = new ConnectionTreeReader();
  readonly #view: TreeView<string>;
  readonly #subscriptions: Disposable[];
  #tree: Tree = emptyTree;
  #timer: NodeJS.Timeout | undefined;
  #due = Infinity;
  #refreshes = 0;

  constructor(server: LifelineServer, overview: Overview, timeline: Timeline) {
    this.#server = server;
    this.#overview = overview;
    this.#timeline = timeline;
    this.#view = window.createTreeView(connectionsViewId, { treeDataProvider: this });
    this.#subscriptions = [
      this.#view,
      this.#view.onDidChangeVisibility(({ visible }) => {
        if (visible) this.#refresh();
        else this.#rest();
      }),
      overview.onDidChange(() => this.#soon(refreshMs)),
      server.onDidAppend(() => this.#soon(refreshMs)),
      server.onDidClear(() => {
        this.#reader.reset();
        this.#soon(refreshMs);
      }),
    ];
  }

  /** How often it has shown something anew. */
  get refreshes(): number {
    return this.#refreshes;
  }

  getChildren(id?: string): string[] {
    // While it is seen, what is shown is what the next one is compared with.
    if (id === undefined && !this.#view.visible) this.#tree = this.#read();
    return [...(id === undefined ? this.#tree.roots : (this.#tree.nodes.get(id)?.children ?? []))];
  }

  getParent(id: string): string | undefined {
    return this.#tree.nodes.get(id)?.parent;
  }

  getTreeItem(id: string): TreeItem {
    const node = this.#tree.nodes.get(id);
    return node ? itemOf(node) : new TreeItem('');
  }

  /** @param element as a menu hands it over */
  reveal(element: unknown): void {
    const target = this.#targetOf(element);
    if (target) this.#timeline.reveal(target);
  }

  /** @param element as a menu hands it over */
  async close(element: unknown): Promise<void> {
    const target = this.#targetOf(element);
    if (target?.kind === 'connection') await this.#server.closeConnection(target.id);
  }

  dispose(): void {
    this.#rest();
    for (const each of this.#subscriptions) each.dispose();
    this.#changed.dispose();
  }

  #targetOf(element: unknown): RevealTarget | undefined {
    return typeof element === 'string' ? this.#tree.nodes.get(element)?.target : undefined;
  }

  #read(): Tree {
    return this.#reader.read(this.#server.trace, this.#overview.state, this.#server.now);
  }

  /** Within a time, or sooner where that is planned already. */
  #soon(ms: number): void {
    if (!this.#view.visible) return;
    const due = performance.now() + ms;
    if (due >= this.#due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => this.#refresh(), ms);
  }

  #refresh(): void {
    this.#rest();
    const shown = this.#tree;
    this.#tree = this.#read();
    const changed = changedNodes(shown, this.#tree);
    if (changed === undefined || changed.length > 0) {
      this.#refreshes++;
      this.#changed.fire(changed && [...changed]);
    }
    if (this.#tree.alive) this.#soon(ageMs);
  }

  #rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#due = Infinity;
  }
}

function itemOf(node: TreeNode): TreeItem {
  const item = new TreeItem(node.label, collapsible[node.expands]);
  item.id = node.id;
  item.description = node.description;
  item.tooltip = node.tooltip;
  item.contextValue = node.context;
  item.iconPath = new ThemeIcon(node.icon, node.color === undefined ? undefined : new ThemeColor(node.color));
  item.accessibilityInformation = { label: node.spoken };
  if (node.target) item.command = { command: commandIds.revealOnTimeline, title: '', arguments: [node.id] };
  else if (node.context === 'more') item.command = { command: commandIds.showTimeline, title: '' };
  return item;
}

const collapsible = {
  never: TreeItemCollapsibleState.None,
  expanded: TreeItemCollapsibleState.Expanded,
  collapsed: TreeItemCollapsibleState.Collapsed,
} as const;
