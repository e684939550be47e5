import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeIdlePatients } from '../../bench/patients.js';
import { MARK, Patients } from '../../bench/simulation/patients.js';

import { savePatientSyncs } from '../../src/db/patient-sync.js';
import { beginRead } from '../../src/db/read-starts.js';
import { sweepCandidates } from '../../src/db/sweep.js';
import { rememberHints } from '../../src/db/sync-hints.js';
import { receiveMessage, takeNudge } from '../../src/db/webhook-messages.js';
import { seededDatabase, type TestDatabase } from '../helpers/database.js';

const MAX_AGE = 60;
const AGES = [0, 10, 59, 61, 200];
const REASONS = [null, 'webhook', 'hint', 'hint again'] as const;

let database: TestDatabase;
let ids: number[] = [];
beforeAll(async () => {
  database = await seededDatabase();
  await makeIdlePatients(database.sql, AGES.length * REASONS.length);
  ids = (await due()).map(({ patientId }) => patientId);
});
afterAll(async () => {
  await database.drop();
});

/** Everybody, whether due or not. */
async function due() {
  return sweepCandidates(database.sql, { afterId: 0, lastId: null, maxAgeMinutes: -1, limit: 1_000 });
}

it('the simulation finds due whom the sweep finds due', async () => {
  const { sql } = database;
  const simulated = new Patients(ids.length, MAX_AGE);
  for (const [place, id] of ids.entries()) {
    const age = AGES[place % AGES.length] ?? 0;
    const reason = REASONS[Math.floor(place / AGES.length)] ?? null;
    await sql`update patient_sync set polled_at = clock_timestamp() - make_interval(mins => ${age}) where patient_id = ${id}`;
    if (reason !== null) await sql`insert into due_patients (patient_id, reason) values (${id}, ${reason})`;
    simulated.readAt[place] = -age * 60;
    simulated.marks[place] = reason === null ? MARK.none : MARK.webhook;
  }
  const range = { afterId: 0, lastId: null, maxAgeMinutes: MAX_AGE, limit: 1_000 };
  const swept = (await sweepCandidates(sql, range)).filter(({ isDue }) => isDue);
  expect(swept.length).toBe(17);
  expect(simulated.plan(1).due.map((place) => ids[place])).toEqual(swept.map(({ patientId }) => patientId));
});

it('messages nudge and are gathered in both alike', async () => {
  const { sql } = database;
  const [id = 0] = ids;
  const owUserId = '8d7c0a54-4a5e-4cf0-9d5e-1f2f3c4b5a69';
  await sql`update patients set ow_user_id = ${owUserId} where id = ${id}`;
  const simulated = new Patients(1, MAX_AGE);
  let messages = 0;
  const told = async (now: number) => {
    const { kind } = await receiveMessage(sql, `message ${messages++}`, owUserId);
    return [kind, simulated.receiveMessage(0, now) ? 'nudge' : 'gathered'];
  };
  expect(await told(0)).toEqual(['nudge', 'nudge']);
  expect(await told(1)).toEqual(['gathered', 'gathered']);
  await takeNudge(sql, id);
  simulated.beginRead(0);
  expect(await told(2)).toEqual(['nudge', 'nudge']);
  // Nobody takes it for a minute.
  await sql`update nudges set nudged_at = nudged_at - interval '61 seconds'`;
  expect(await told(63)).toEqual(['nudge', 'nudge']);
});

it('a hint is followed by a second read, in both alike', async () => {
  const { sql } = database;
  const id = ids.at(-1) ?? 0;
  await sql`delete from due_patients where patient_id = ${id}`;
  await rememberHints(sql, [{ patientId: id, syncedAt: new Date().toISOString(), hasMoved: true }]);
  const simulated = new Patients(1, MAX_AGE);
  simulated.hint(0);
  const states = ['hint', 'hint again', undefined];
  const marks = [MARK.hint, MARK.hintAgain, MARK.none];
  for (const [reads, reason] of states.entries()) {
    const [row] = await sql<{ reason: string }[]>`select reason from due_patients where patient_id = ${id}`;
    expect(row?.reason).toBe(reason);
    expect(simulated.marks[0]).toBe(marks[reads]);
    await beginRead(sql, id);
    await savePatientSyncs(sql, [
      { patientId: id, outcome: 'nothing new', pollId: 'p', created: 0, failure: null },
    ]);
    simulated.endRead(0, reads);
  }
});
