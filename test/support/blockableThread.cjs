'use strict';

/**
 * The server thread, with a way to keep it busy: for as many ms as it is told to, it does nothing else. `blockThread` of
 * blocker.ts tells it. It is no TypeScript, as a thread's first file cannot be.
 */
const { join } = require('node:path');
const { BroadcastChannel } = require('node:worker_threads');

const blocker = new BroadcastChannel('request-lifeline-blocker');
blocker.onmessage = ({ data }) => {
  blocker.postMessage('blocked');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, data);
};
blocker.unref();
require(join(__dirname, '..', '..', 'dist', 'serverThread.js'));
