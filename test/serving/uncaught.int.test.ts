import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { connectTemporal } from '../../src/temporal/connection.js';
import { ids, type BackfillProgress } from '../../src/workflows/contract.js';
import { Supervised } from '../chaos/supervised.js';
import { DAY_MS } from '../helpers/connected-patient.js';
import * as load from '../helpers/measured-load.js';
import { resting } from '../helpers/operator.js';
import { preloaded, type Preloaded } from '../helpers/preloaded.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { layOutProgram, type LogLine, type Program, type WorkerProcess } from '../helpers/worker-process.js';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

/** What a library might do in a callback of its own, on a signal: with a measurement in the message. */
const FAULT = `process.on('SIGUSR2', () => setImmediate(() => { throw new Error('61 bpm of Paula'); }));`;

let world: TestWorld;
let program: Program;
let fault: Preloaded;
beforeAll(async () => {
  world = await resting(await startTestWorld());
  await world.worker.stop();
  program = await layOutProgram(inject('workflowBundle'));
  fault = await preloaded(FAULT);
});
afterAll(async () => {
  await fault.remove();
  await program.remove();
  await world.close();
});

it('a worker that meets an error nobody expected tells where but not what, ends, and loses nothing once it is started again', async () => {
  const { app, sandbox } = world;
  const lines: LogLine[] = [];
  const texts: string[] = [];
  const environment = { ...world.environment, ...fault.environment };
  const started: WorkerProcess[] = [];
  const worker = new Supervised(async () => {
    const process = await program.start('worker', { environment }, (line, text) => {
      lines.push(line);
      texts.push(text);
    });
    started.push(process);
    return process;
  });
  await worker.up();

  const now = new Date(Math.floor(Date.now() / 60_000) * 60_000);
  const patient = await load.measuredPatient({ ...app, sandbox }, 1, now);
  const stored = async () =>
    (await app.sql<{ count: number }[]>`select count(*) as count from observations`)[0]?.count ?? 0;
  const from = new Date(now.getTime() - 11 * DAY_MS).toISOString();
  await app.orchestration.requestBackfill(patient.id, { from, to: now.toISOString() });
  await until('its history is being read', async () => (await stored()) > 0);
  process.kill(started[0]?.pid ?? 0, 'SIGUSR2');
  await until('it has ended by itself', () => Promise.resolve(worker.endings === 1));
  expect(await stored()).toBeLessThan(load.ROWS_A_PATIENT);

  const { client, close } = await connectTemporal(world.config);
  const progress = (await client.workflow.getHandle(ids.backfill(patient.id)).result()) as BackfillProgress;
  expect(progress.state).toBe('done');
  expect(await load.differences(app.sql, patient)).toEqual({ lost: [], doubled: [], lettersTooMany: 0 });
  expect(started).toHaveLength(2);
  await worker.stop();
  await close();

  expect(lines.filter(({ event }) => event === 'unexpected error')).toEqual([
    expect.objectContaining({
      where: 'process',
      unexpected: { error: 'Error', frames: [expect.any(String)] },
    }),
  ]);
  expect(texts.join('\n')).not.toContain('Paula');
});
