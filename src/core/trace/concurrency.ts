/** How the app is called for more than one request at a time. */
export const concurrencyModels = ['iterative', 'threads', 'processes'] as const;
export type ConcurrencyModel = (typeof concurrencyModels)[number];

/** The concurrency model from an instant on. */
export interface ModelChange {
  /** ms on the trace's clock */
  readonly at: number;
  readonly model: ConcurrencyModel;
  /** Most app calls at a time: 1 where the model is iterative. */
  readonly slots: number;
}

/** Most app calls at a time, where so many slots are wanted. */
export function slotsOf(model: ConcurrencyModel, wanted: number): number {
  return model === 'iterative' ? 1 : wanted;
}

/** "iterative", "threads × 4" */
export function concurrencyName(model: ConcurrencyModel, slots: number): string {
  return model === 'iterative' ? model : `${model} × ${slots}`;
}

/** What a user who chooses one is told. */
export const concurrencySentences: Readonly<Record<ConcurrencyModel, string>> = {
  iterative: 'One connection at a time, from accept to close; the others wait for their turn.',
  threads: 'One process, a thread for each call: calls overlap while they wait.',
  processes: 'A process for each call: calls that compute use several processors.',
};
