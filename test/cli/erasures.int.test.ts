import { afterAll, beforeAll, expect, it } from 'vitest';
import { findPatient } from '../../src/db/patients.js';
import { command } from '../helpers/command.js';
import { agreedPatient, type TestPatient } from '../helpers/connected-patient.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';

let world: TestWorld;
let patient: TestPatient;
beforeAll(async () => {
  world = await startTestWorld();
  patient = await agreedPatient({ ...world.app, sandbox: world.sandbox });
});
afterAll(async () => {
  await world.close();
});

it('without a terminal nothing is erased unless that is said', async () => {
  const { code, errors } = await command(world, 'patients', 'erase', String(patient.id));
  expect({ code, errors }).toEqual({ code: 2, errors: 'error: this cannot be undone: say --yes\n' });
  expect(await findPatient(world.app.sql, patient.id)).toBeDefined();
}, 30_000);

it('erases, prints the evidence, and finds out when the record was changed since', async () => {
  const { sql } = world.app;
  const id = String(patient.id);
  const erased = await command(world, 'patients', 'erase', id, '--yes', '--json');
  expect(erased).toMatchObject({ code: 0, errors: '' });
  expect(JSON.parse(erased.lines.join('\n'))).toMatchObject({
    ...{ patientId: patient.id, askedAs: 'command line', askedBy: null, openWearables: 'emptied' },
    ...{ isIntact: true, counts: { patients: 1, connections: 1 } },
  });
  expect(await findPatient(sql, patient.id)).toBeUndefined();
  const again = await command(world, 'patients', 'erase', id, '--yes');
  expect(again).toMatchObject({ code: 1, errors: `error: there is no patient ${id}, or not any more\n` });

  await sql`alter table erasures disable trigger erasures_closed`;
  await sql`update erasures set asked_at = asked_at - interval '1 day' where patient_id = ${patient.id}`;
  const shown = await command(world, 'patients', 'erasure', id);
  expect(shown.code).toBe(3);
  expect(shown.lines.join('\n')).toContain('CHANGED SINCE');
  expect((await command(world, 'patients', 'erasures')).lines).toHaveLength(2);
}, 60_000);
