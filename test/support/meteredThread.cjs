'use strict';

/**
 * The server thread, with a meter beside it: only a thread itself can collect and measure its heap. It says what
 * `heapUse` of meter.ts says, and is no TypeScript, as a thread's first file cannot be.
 */
const { join } = require('node:path');
const { BroadcastChannel } = require('node:worker_threads');

const meter = new BroadcastChannel('request-lifeline-meter');
meter.onmessage = () => {
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  meter.postMessage({ objects: heapUsed, buffers: arrayBuffers });
};
require(join(__dirname, '..', '..', 'dist', 'serverThread.js'));
