import { parentPort } from 'node:worker_threads';
import type { Batch } from '../../src/core/trace/batch';
import { TraceStore } from '../../src/core/trace/traceStore';

/** Stands where the timeline's webview does: it gets a copy of every batch and keeps it in a store of its own. */
const store = new TraceStore(100_000);
parentPort?.on('message', (batch: Batch) => store.append(batch));
