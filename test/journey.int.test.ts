import { afterAll, beforeAll, expect, it } from 'vitest';
import { performJourney, type StepReport } from '../dev/journey/journey.js';
import { STUDY } from '../dev/journey/stage.js';
import { ensureDemoPatients } from '../src/db/seed/demo-patients.js';
import { startTestWorld, type TestWorld } from './helpers/test-world.js';

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld();
});
afterAll(async () => {
  await world.close();
});

it('the nine steps of the original hold, each with its evidence', { timeout: 120_000 }, async () => {
  const [patient] = await ensureDemoPatients(world.app.sql, { ...STUDY, count: 1 });
  expect(patient).toBeDefined();
  const reports: StepReport[] = [];
  await performJourney({
    world,
    sandbox: world.sandbox,
    patientId: patient?.id ?? 0,
    report: (step) => reports.push(step),
  });

  expect(reports.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(reports[7]?.evidence).toBe('OW poll complete (mode=normalized). Created 0 observations.');
  expect(world.sandbox.control.defects).toEqual([]);
});
