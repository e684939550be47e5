import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { performJourney } from '../../dev/journey/journey.js';
import { STUDY } from '../../dev/journey/stage.js';
import { migrate } from '../../src/db/migrate.js';
import { migrationsFolder } from '../../src/db/migrations-folder.js';
import { ensureDemoPatients } from '../../src/db/seed/demo-patients.js';
import { apiReader } from '../helpers/api-reader.js';
import { makeClinicFast } from '../helpers/clinic.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 240_000 });

/** About a million observations. */
const CLINIC = { patients: 210, days: 105, heartRatesADay: 54 };
/** Twice what a migration waits for a lock, and what a busy machine adds. */
const LONGEST_MS = 6_000;
/** Longer than anybody may wait. */
const REPORT_MS = 9_000;
const AHEAD = ['9001_column.sql', '9002_checked.sql', '9003_by_look.sql'];

let world: TestWorld;
let ahead: string;

beforeAll(async () => {
  world = await startTestWorld();
  const { sql } = world.app;
  await makeClinicFast(world.config.DATABASE_URL, CLINIC);
  // Nobody knows them at Open Wearables.
  await sql`update patients set ow_user_id = null where id >= 800001`;
  ahead = await mkdtemp(path.join(os.tmpdir(), 'wearable-exchange-migrations-'));
  await cp(fileURLToPath(migrationsFolder()), ahead, { recursive: true });
  await cp(fileURLToPath(new URL('../fixtures/migrations-ahead/', import.meta.url)), ahead, {
    recursive: true,
  });
});
afterAll(async () => {
  await rm(ahead, { recursive: true });
  await world.close();
});

it('the journey goes on, and nobody waits long, while a million observations are migrated', async () => {
  const { sql } = world.app;
  const reader = await apiReader(sql, world.config.DATABASE_URL);
  const patients = await ensureDemoPatients(sql, { ...STUDY, count: 1 });
  const [{ count }] = await sql<[{ count: number }]>`select count(*) as count from observations`;
  expect(count).toBeGreaterThan(900_000);

  const over = new AbortController();
  const waits: number[] = [];
  const reading = (async () => {
    while (!over.signal.aborted) {
      const answer = await reader.read('/FHIR/R5/Observation?_count=10&patient=800005');
      waits.push(answer.milliseconds);
      await pause(20);
    }
  })();
  const reporting = longReport();
  let migrating: Promise<string[]> | undefined;
  await performJourney({
    ...{ world, sandbox: world.sandbox, patientId: patients[0]?.id ?? 0 },
    report: ({ number }) => {
      if (number === 1) migrating = migrate(sql, pathToFileURL(`${ahead}/`));
    },
  });
  await reporting;
  expect(await migrating).toEqual(AHEAD);
  over.abort();
  await reading;
  await reader.close();

  expect(Math.max(...waits)).toBeLessThan(LONGEST_MS);
  expect(world.sandbox.control.defects).toEqual([]);
  const [index] =
    await sql`select from pg_index where indexrelid = 'observations_by_look'::regclass and indisvalid`;
  expect(index).toBeDefined();
});

/** Somebody reads the table for a while in one transaction, as a report or a backup does. */
async function longReport(): Promise<void> {
  const connection = await world.app.sql.reserve();
  await connection`begin`;
  await connection`select from observations limit 1`;
  await pause(REPORT_MS);
  await connection`commit`;
  connection.release();
}
