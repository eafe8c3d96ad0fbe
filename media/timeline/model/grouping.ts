import { assertNever } from '../../../src/core/assertNever';
import { counted } from '../format';
import type { Selection } from '../selection';
import type { Client } from './clients';
import type { LaneList } from './laneList';
import type { PackedLanes } from './packedLanes';
import { hasSlot, waits, type Slot } from './slotLanes';
import type { Trace } from './trace';

/** What the lanes are, and in which order they stand. */
export const groupings = ['connection', 'slot', 'client'] as const;
export type GroupBy = (typeof groupings)[number];

export const groupingNames: Readonly<Record<GroupBy, string>> = {
  connection: 'Connections',
  slot: 'Workers and slots',
  client: 'Clients',
};

/** Which lane it is. `waiting` and `without` hold what stands in no slot, in as many lanes as it takes. */
export type LaneRef =
  | { readonly kind: 'connection'; readonly connection: number }
  | { readonly kind: 'slot'; readonly worker: number; readonly slot: number }
  | { readonly kind: 'waiting' | 'without'; readonly lane: number };

/** Key of the group of slots whose workers are gone. */
export const earlierWorkers = 'earlier workers';

/** Lanes that stand together; under a header, where there is one, that can hide them. */
export interface Group {
  /** What is remembered where it is collapsed; empty where it has no header. */
  readonly key: string;
  readonly title: string;
  /** What its lanes come to, from the longest wording to the shortest. */
  readonly sums: () => readonly string[];
  readonly length: number;
  readonly laneAt: (index: number) => LaneRef | undefined;
}

/** @param living numbers of the workers that there are now; undefined where nobody knows */
export function groupsOf(trace: Trace, by: GroupBy, living?: readonly number[]): Group[] {
  switch (by) {
    case 'connection': {
      const { lanes, matches } = trace;
      if (matches.hiding) return [listedConnections('', matches.connections)];
      return [groupOfConnections('', '', lanes.length, (index) => lanes.connectionAt(index))];
    }
    case 'client':
      return trace.clients.all
        .map((client) => ({
          ...listedConnections(client.address, trace.shown.connectionsOf(client)),
          sums: () => sumsOf(client),
        }))
        .filter((group) => group.length > 0);
    case 'slot': {
      const { waiting, without } = trace.slotLanes;
      const slots = trace.shown.slots();
      const lives = ({ worker }: Slot): boolean => living?.includes(worker) ?? true;
      const gone = slots.filter((slot) => !lives(slot));
      const workers = new Set(gone.map(({ worker }) => worker)).size;
      return [
        groupOfSlots('', '', slots.filter(lives)),
        packed('waiting', 'Waiting for a slot', waiting, trace.shown.packed('waiting'), 'wait now'),
        packed('without', 'In no slot', without, trace.shown.packed('without'), 'in progress'),
        { ...groupOfSlots(earlierWorkers, 'Earlier workers', gone), sums: () => [counted(workers, 'worker')] },
      ].filter((group) => group.length > 0);
    }
    default:
      return assertNever(by);
  }
}

/** The lane that what is selected stands in; of an exchange that waited for a slot and got one, that of the slot. */
export function laneOf(trace: Trace, by: GroupBy, selection: Selection): LaneRef | undefined {
  if (selection.kind === 'none') return undefined;
  const exchange = selection.kind === 'exchange' ? trace.exchange(selection.id) : undefined;
  if (by !== 'slot') {
    if (selection.kind === 'exchange' && !exchange) return undefined;
    return { kind: 'connection', connection: exchange ? exchange.connection : selection.id };
  }
  if (!exchange) return undefined;
  if (hasSlot(exchange)) return { kind: 'slot', worker: exchange.worker, slot: exchange.slot };
  const { waiting, without } = trace.slotLanes;
  return waits(exchange)
    ? { kind: 'waiting', lane: waiting.laneOf(exchange.id, exchange.start + exchange.ready) }
    : { kind: 'without', lane: without.laneOf(exchange.id, exchange.start) };
}

/** The exchanges of a lane; undefined where there is no such lane. */
export function listOf(trace: Trace, lane: LaneRef): LaneList | undefined {
  switch (lane.kind) {
    case 'connection':
      return trace.lanes.listOf(lane.connection);
    case 'slot':
      return trace.slotLanes.listOf(lane);
    case 'waiting':
    case 'without':
      return trace.slotLanes[lane.kind].listAt(lane.lane);
    default:
      return assertNever(lane);
  }
}

/** Tells one lane from another. */
export function laneKey(lane: LaneRef): string {
  switch (lane.kind) {
    case 'connection':
      return `connection ${lane.connection}`;
    case 'slot':
      return `slot ${lane.worker} ${lane.slot}`;
    case 'waiting':
    case 'without':
      return `${lane.kind} ${lane.lane}`;
    default:
      return assertNever(lane);
  }
}

function listedConnections(address: string, connections: readonly number[]): Group {
  return groupOfConnections(address, address, connections.length, (at) => connections[at]);
}

function groupOfConnections(
  key: string,
  title: string,
  length: number,
  connectionAt: (index: number) => number | undefined,
): Group {
  const laneAt = (index: number): LaneRef | undefined => {
    const connection = connectionAt(index);
    return connection === undefined ? undefined : { kind: 'connection', connection };
  };
  return { key, title, sums: () => [], length, laneAt };
}

function groupOfSlots(key: string, title: string, slots: readonly Slot[]): Group {
  const laneAt = (index: number): LaneRef | undefined => {
    const slot = slots[index];
    return slot && { kind: 'slot', ...slot };
  };
  return { key, title, sums: () => [], length: slots.length, laneAt };
}

/** @param shown which of the lanes, from top to bottom */
function packed(
  kind: 'waiting' | 'without',
  title: string,
  lanes: PackedLanes,
  shown: readonly number[],
  now: string,
): Group {
  return {
    key: kind,
    title,
    sums: () => [`${counted(lanes.count, 'request')} · ${lanes.open} ${now}`, `${lanes.count} · ${lanes.open} now`],
    length: shown.length,
    laneAt: (index) => {
      const lane = shown[index];
      return lane === undefined ? undefined : { kind, lane };
    },
  };
}

/** "3 connections, 2 open · 14 requests · 1 in progress" */
function sumsOf(client: Client): string[] {
  const { open, requests } = client;
  const connections = counted(client.connections.length, 'connection');
  return [
    `${connections}, ${open} open · ${counted(requests, 'request')}`,
    `${client.connections.length} conn. · ${requests} req.`,
    counted(requests, 'request'),
  ];
}
