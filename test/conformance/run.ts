import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { stream } from '../harness/processRun';
import { pythonEnv } from '../harness/pythonEnv';
import { wireCases } from '../core/http/wireCases';
import { TestServer } from '../support/servers';
import { ask, type Patience } from './ask';
import { peers, startPeer, versionOf, type Peer, type RunningPeer } from './peers';
import { readingOf } from './reading';
import { report, type Row } from './report';
import { judge, type Verdict } from './verdict';

/**
 * `npm run conformance`: the wire cases over a real socket, this server beside the others. Writes `docs/conformance.md`.
 */
const ours = 'Request Lifeline';
const cases = wireCases();
const patience: Patience = { beforeAnAnswer: 1500, afterAnAnswer: 300 };

async function main(): Promise<void> {
  const root = join(import.meta.dirname, '..', '..');
  if ((await stream(process.execPath, ['esbuild.mjs'], { cwd: root })) !== 0) throw new Error('The build failed.');
  const python = await pythonEnv();
  const servers = [ours, ...(await Promise.all(peers.map((peer) => versionOf(peer, python))))];
  // Beside one another: nearly all of the time is spent watching sockets that stay silent.
  const columns = await Promise.all([
    verdictsOf(() => startOurs(python)),
    ...peers.map((peer: Peer) => verdictsOf(() => startPeer(peer, python))),
  ]);
  const rows: Row[] = cases.map(({ title, events }, index) => ({
    title,
    reading: readingOf(events),
    code: /^refused \d+ (\S+)$/m.exec(events.join('\n'))?.[1],
    verdicts: columns.map((column) => column[index] ?? { kind: 'hung', text: 'not asked' }),
  }));
  const file = join(root, 'docs', 'conformance.md');
  const style = { ...(await resolveConfig(file)), filepath: file };
  await writeFile(file, await format(report(servers, rows), style));
  process.stdout.write(`Wrote ${file}\n`);
}

async function startOurs(python: string): Promise<RunningPeer> {
  const app = { spec: 'echo.py', folder: import.meta.dirname };
  const server = await TestServer.start(app.spec, { app, python });
  await server.text('/');
  return { port: server.port, stop: () => server.end() };
}

/** One case after another: some servers answer one client at a time. */
async function verdictsOf(start: () => Promise<RunningPeer>): Promise<Verdict[]> {
  const server = await start();
  try {
    const verdicts: Verdict[] = [];
    for (const wireCase of cases) {
      verdicts.push(judge(readingOf(wireCase.events), await ask(server.port, wireCase, patience)));
    }
    return verdicts;
  } finally {
    await server.stop();
  }
}

main()
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  })
  .finally(() => process.exit());
