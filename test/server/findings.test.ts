import assert from 'node:assert/strict';
import { exchangeFlags } from '../../src/core/trace/columns';
import type { Finding } from '../../src/core/trace/detail';
import { RawClient, TestServer } from '../support/servers';

describe('findings', () => {
  let server: TestServer;
  before(async () => {
    server = await TestServer.start('breaks_rules.py');
    await server.text('/returns-tuple');
  });
  after(() => server.end());

  async function found(path: string, method = 'GET'): Promise<{ status: number; findings: readonly Finding[] }> {
    const target = `${path}?${method}`;
    const client = await RawClient.to(server.port);
    client.send(`${method} ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    await client.rest();
    const row = await server.ended(target);
    const { findings } = await server.detail(row.id);
    for (const { at } of findings) assert.ok(at >= row.start && at <= row.start + row.end, 'it lies in the exchange');
    const isMarked = (row.flags & exchangeFlags.found) !== 0;
    assert.equal(
      isMarked,
      findings.some(({ level }) => level !== 'info'),
    );
    return { status: row.status, findings };
  }

  const expected: readonly (readonly [path: string, status: number, level: Finding['level'], code: string])[] = [
    ['/hop-by-hop', 500, 'error', 'hop-by-hop'],
    ['/yields-str', 500, 'error', 'not-bytes'],
    ['/never_starts', 500, 'error', 'no-start-response'],
    ['/status-interim', 500, 'error', 'bad-status'],
    ['/raises_in_close', 200, 'error', 'close-raised'],
    ['/yields_too_little', 200, 'error', 'body-too-short'],
    ['/yields_too_much', 200, 'warning', 'body-too-long'],
    ['/no-content', 204, 'warning', 'body-not-allowed'],
    ['/not-modified', 304, 'warning', 'body-not-allowed'],
    ['/writes', 200, 'info', 'write'],
  ];
  for (const [path, status, level, code] of expected) {
    it(`tell of ${code} at ${path}`, async () => {
      const { findings, ...rest } = await found(path);
      assert.equal(rest.status, status);
      assert.deepEqual(
        findings.map((finding) => [finding.level, finding.code]),
        [[level, code]],
      );
      const [finding] = findings;
      assert.match(finding?.message ?? '', /^[A-Z][^]{20,}\.$/);
      assert.match(finding?.reference ?? '', /^(PEP 3333, [A-Z]|RFC 9110, \d)/i);
    });
  }

  it('are none for an app that keeps the rules, for HEAD, and for an exception of its own', async () => {
    for (const path of ['/returns-tuple', '/returns-several', '/starts_in_the_iterable', '/raises_before_start']) {
      assert.deepEqual((await found(path)).findings, [], path);
    }
    for (const path of ['/returns-tuple', '/returns-several', '/yields_too_little']) {
      assert.deepEqual((await found(path, 'HEAD')).findings, [], `HEAD ${path}`);
    }
  });

  it('are none where the client leaves before the body is whole', async () => {
    const client = await RawClient.to(server.port);
    client.send('GET /drips HTTP/1.1\r\nHost: a\r\n\r\n');
    await client.receives(/drip/);
    client.abort();
    const row = await server.ended('/drips');
    assert.equal(server.outcome(row.id), 'client left');
    assert.deepEqual((await server.detail(row.id)).findings, []);
  });

  it('are told while the exchange goes on', async () => {
    const client = await RawClient.to(server.port);
    client.send('GET /writes_and_waits HTTP/1.1\r\nHost: a\r\n\r\n');
    await client.receives(/written/);
    const row = await server.found('/writes_and_waits', ({ end }) => Number.isNaN(end));
    assert.equal((await server.detail(row.id)).findings[0]?.code, 'write');
    client.close();
    await server.ended('/writes_and_waits');
  });
});
