import type { JsonDocument, JsonNode } from './jsonDocument';

/** A line of a JSON document as a tree. */
export type JsonRow =
  | {
      readonly kind: 'node';
      /** Its place in the document. */
      readonly index: number;
      readonly node: JsonNode;
      /** Undefined where nothing is within. */
      readonly open: boolean | undefined;
      /** Counted from 1, among those that it stands with. */
      readonly position: number;
      /** How many stand there. */
      readonly size: number;
      /** The one that it stands in is an array: its name is its position. */
      readonly element: boolean;
    }
  | {
      readonly kind: 'more';
      /** The node whose first ones are shown. */
      readonly parent: number;
      readonly depth: number;
      readonly shown: number;
      readonly count: number;
    };

/** So many are shown of an object or array before one asks for more; and so many more then. */
const atOnce = 100;

/** A document whose values are all in sight at once. */
const smallest = 60;

/**
 * Which of a document's objects and arrays are open, and the rows that shows. It costs what is shown, not what there is: what
 * is closed is passed over at once.
 */
export class JsonTree {
  readonly #nodes: readonly JsonNode[];
  readonly #open = new Set<number>();
  /** How many are shown of a node, where that is not the usual. */
  readonly #limits = new Map<number, number>();

  constructor(document: JsonDocument) {
    this.#nodes = document.nodes;
    const opened = this.#nodes.length <= smallest ? this.#nodes.keys() : [0];
    for (const index of opened) this.open(index);
  }

  rows(): JsonRow[] {
    const rows: JsonRow[] = [];
    const within: { index: number; node: JsonNode; seen: number }[] = [];
    for (let index = 0; index < this.#nodes.length;) {
      const node = this.#nodes[index];
      if (!node) break;
      while (within.length > node.depth) within.pop();
      const parent = within.at(-1);
      if (parent && parent.seen >= this.#limit(parent.index)) {
        const { count, next } = parent.node;
        rows.push({ kind: 'more', parent: parent.index, depth: node.depth, shown: parent.seen, count });
        index = next;
        continue;
      }
      const position = parent ? ++parent.seen : 1;
      const open = node.count > 0 ? this.#open.has(index) : undefined;
      const element = parent?.node.kind === 'array';
      rows.push({ kind: 'node', index, node, open, position, size: parent?.node.count ?? 1, element });
      if (open) within.push({ index, node, seen: 0 });
      index = open ? index + 1 : node.next;
    }
    return rows;
  }

  open(index: number): void {
    if ((this.#nodes[index]?.count ?? 0) > 0) this.#open.add(index);
  }

  close(index: number): void {
    this.#open.delete(index);
  }

  showMore(parent: number): void {
    this.#limits.set(parent, this.#limit(parent) * 2 + atOnce);
  }

  #limit(index: number): number {
    return this.#limits.get(index) ?? atOnce;
  }
}
