import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeIdlePatients } from '../../bench/patients.js';
import { savePatientSyncs } from '../../src/db/patient-sync.js';
import { beginRead } from '../../src/db/read-starts.js';
import { receiveMessage } from '../../src/db/webhook-messages.js';
import { seededDatabase, type TestDatabase } from '../helpers/database.js';

const PATIENTS = 2;
const ROUNDS = 150;
const MESSAGES = 8;

let database: TestDatabase;
beforeAll(async () => {
  database = await seededDatabase();
  await makeIdlePatients(database.sql, PATIENTS);
});
afterAll(async () => {
  await database.drop();
});

async function account(patientId: number): Promise<string> {
  const owUserId = randomUUID();
  await database.sql`update patients set ow_user_id = ${owUserId} where id = ${patientId}`;
  return owUserId;
}

async function read(patientId: number): Promise<void> {
  await beginRead(database.sql, patientId);
  const sync = { patientId, outcome: 'nothing new', pollId: 'poll', created: 0, failure: null } as const;
  await savePatientSyncs(database.sql, [sync]);
}

async function manyTimes(work: () => Promise<unknown>): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) await work();
}

it('messages about patients whose reads begin and end meanwhile are all received', async () => {
  const { sql } = database;
  const patients = await sql<{ id: number }[]>`select id from patients where ow_user_id is not null`;
  expect(patients).toHaveLength(PATIENTS);
  const senders = await Promise.all(
    patients.map(async ({ id }) => {
      const owUserId = await account(id);
      const receive = () => manyTimes(() => receiveMessage(sql, randomUUID(), owUserId));
      return [...Array.from({ length: MESSAGES }, () => receive), () => manyTimes(() => read(id))];
    }),
  );
  await Promise.all(senders.flat().map((begin) => begin()));
  const [told] = await sql`
    select (select count(*)::int from webhook_messages) as messages,
           (select deadlocks::int from pg_stat_database where datname = current_database()) as deadlocks`;
  expect(told).toEqual({ messages: PATIENTS * MESSAGES * ROUNDS, deadlocks: 0 });
}, 60_000);

it.each([
  ['there is no nudge', 1, null],
  ['the nudge that stands got lost', 1, '61 seconds'],
  ['a nudge stands', 0, '1 second'],
])(
  'when %s, %i of the messages that come at once nudges',
  async (_standing, nudges, age) => {
    const { sql } = database;
    const [patient] = await sql<{ id: number }[]>`
    select min(id)::integer as id from patients where ow_user_id is not null`;
    const id = patient?.id ?? 0;
    const owUserId = await account(id);
    for (let round = 0; round < ROUNDS; round++) {
      await sql`delete from nudges`;
      if (age !== null)
        await sql`insert into nudges (patient_id, nudged_at) values (${id}, now() - ${age}::interval)`;
      const outcomes = await Promise.all(
        Array.from({ length: MESSAGES }, () => receiveMessage(sql, randomUUID(), owUserId)),
      );
      expect(outcomes.filter(({ kind }) => kind === 'nudge')).toHaveLength(nudges);
      // Whoever is being read by now is read once more.
      expect(await sql`select is_again as "isAgain" from nudges`).toEqual([{ isAgain: true }]);
    }
  },
  60_000,
);
