import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { agreedPatient } from '../helpers/connected-patient.js';
import { pollNow, resting } from '../helpers/operator.js';
import { heartRates, hoursAgo } from '../helpers/samples.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';

vi.setConfig({ testTimeout: 120_000 });

let world: TestWorld;
beforeAll(async () => {
  world = await resting(await startTestWorld());
});
afterAll(async () => {
  await world.close();
});

const SAMPLES = 130;

/** Writes of observations fail so many times with a code of Postgres; a sequence counts, since it is not rolled back. */
async function failing(code: string, times: number): Promise<void> {
  const { sql } = world.app;
  await sql`drop sequence if exists trouble`;
  await sql`create sequence trouble`;
  await sql.unsafe(`
    create or replace function trouble() returns trigger language plpgsql as $$
    begin
      if nextval('trouble') <= ${times} then raise exception 'trouble' using errcode = '${code}'; end if;
      return null;
    end $$`);
  await sql`
    create or replace trigger trouble before insert on observations for each statement execute function trouble()`;
}

it.each([
  ['the disk is full', '53100', 1],
  ['memory is short', '53200', 2],
  ['two writes wait for each other', '40P01', 3],
  ['a write cannot be ordered', '40001', 4],
  ['a lock is not to be had', '55P03', 5],
  ['a statement is cancelled', '57014', 6],
])(
  'when %s for a while, the poll goes on where it was, and stores everything once',
  async (_, code, number) => {
    const { app, sandbox } = world;
    const patient = await agreedPatient({ ...app, sandbox }, number);
    sandbox.control.addSamples(patient.owUserId, heartRates(hoursAgo(12), SAMPLES));
    await failing(code, 2);
    const result = await pollNow(world);
    expect(result.patients).toMatchObject({ 'could not read': 0 });
    const rows = await app.sql`select from observations where patient_id = ${patient.id}`;
    expect(rows).toHaveLength(SAMPLES);
    expect(await app.sql`select from dead_letters`).toHaveLength(0);
    const again = await pollNow(world);
    expect(again).toMatchObject({ created: 0, amended: 0 });
  },
);

it('when the disk stays full, the poll says whom it could not read, no cursor moves, and the next one finds everything', async () => {
  const { app, sandbox } = world;
  const patient = await agreedPatient({ ...app, sandbox }, 7);
  sandbox.control.addSamples(patient.owUserId, heartRates(hoursAgo(12), SAMPLES));
  await failing('53100', 1_000_000);
  const { patients } = await pollNow(world);
  expect(patients['could not read']).toBeGreaterThan(0);
  expect(patients['new data']).toBe(0);
  expect(await app.sql`select from cursors where patient_id = ${patient.id}`).toHaveLength(0);
  await failing('53100', 0);
  await pollNow(world);
  const rows = await app.sql`select from observations where patient_id = ${patient.id}`;
  expect(rows).toHaveLength(SAMPLES);
});
