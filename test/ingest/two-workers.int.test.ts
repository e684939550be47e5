import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { openApp, type App } from '../../src/app.js';
import { createLogger } from '../../src/logger.js';
import type { RunningWorker } from '../../src/temporal/worker.js';
import * as load from '../helpers/measured-load.js';
import { pollNow, resting } from '../helpers/operator.js';
import { DAY_MS } from '../helpers/connected-patient.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const PATIENTS = 4;

let world: TestWorld;
let other: App;
let worker: RunningWorker;
const otherLines: string[] = [];
beforeAll(async () => {
  world = await resting(await startTestWorld());
  await world.app.settings.write('ow.requests_per_second', '1000', null);
  const logger = createLogger({
    level: 'debug',
    destination: { write: (line) => void otherLines.push(line) },
  });
  other = await openApp(world.config, logger);
  worker = await other.startWorker({ code: inject('workflowBundle'), sourceMap: '' });
});
afterAll(async () => {
  await worker.stop();
  await other.close();
  await world.close();
});

const pagesOf = (lines: readonly string[]) => lines.filter((line) => line.includes('"page stored"')).length;

it('two workers share histories and polls of the same patients: nothing is lost, doubled, or ahead', async () => {
  const now = new Date(Math.floor(Date.now() / 60_000) * 60_000);
  const place = { ...world.app, sandbox: world.sandbox };
  const patients: load.MeasuredPatient[] = [];
  for (let number = 1; number <= PATIENTS; number += 1)
    patients.push(await load.measuredPatient(place, number, now));
  const { orchestration, sql } = world.app;
  const span = { from: new Date(now.getTime() - 11 * DAY_MS).toISOString(), to: now.toISOString() };
  for (const { id } of patients) await orchestration.requestBackfill(id, span);
  const polls = [await pollNow(world), await pollNow(world)];

  for (const { id } of patients)
    await until(
      `the history of patient ${id} is read`,
      async () => {
        const state = (await orchestration.backfillProgress(id))?.state;
        return state === 'done';
      },
      90_000,
    );
  expect(polls.map(({ patients: outcomes }) => outcomes['could not read'])).toEqual([0, 0]);
  for (const patient of patients)
    expect(await load.differences(sql, patient)).toEqual({ lost: [], doubled: [], lettersTooMany: 0 });
  expect(await load.cursorsAhead(sql, patients)).toEqual([]);
  expect(pagesOf(world.logLines)).toBeGreaterThan(0);
  expect(pagesOf(otherLines)).toBeGreaterThan(0);
});
