/** By this name the thread of a server and its host speak of memory. */
export const meterName = 'request-lifeline-meter';

/** What lives on a thread's heap, in bytes. */
export interface HeapUse {
  /** Objects. */
  readonly objects: number;
  /** The bytes of buffers, which lie beside the objects. */
  readonly buffers: number;
}

/** Of this thread, after a full collection. */
export function heapUse(): HeapUse {
  // What the first one has made unreachable, as finalizers do, the second one frees.
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return { objects: heapUsed, buffers: arrayBuffers };
}
