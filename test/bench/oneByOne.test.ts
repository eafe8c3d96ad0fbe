import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pythonEnv } from '../harness/pythonEnv';
import { oneByOne, resultOf } from './oneByOne';

describe('one request after the other', () => {
  it('is a thousand times of which ten are longer than the 99th percentile', () => {
    const times = Array.from({ length: 1000 }, (_, index) => index + 1);
    assert.deepEqual(resultOf(times), {
      requests: 2000,
      perSecond: 1000 / 500.5,
      p50: 500,
      p99: 990,
      errors: 0,
    });
  });

  it('is timed at a real server, and refused where that answers otherwise', async () => {
    const server = createServer((request, response) => {
      response.statusCode = request.url === '/' ? 200 : 404;
      setTimeout(() => response.end('Hello'), 5);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const python = await pythonEnv();
      const result = await oneByOne(python, origin, '/', 20);
      assert.equal(result.requests, 40);
      assert.ok(result.p50 >= 4, `an answer that takes 5 ms is timed as ${result.p50} ms`);
      await assert.rejects(oneByOne(python, origin, '/else', 1), /answered b'HTTP\/1\.1 404/);
    } finally {
      server.close();
    }
  });
});
