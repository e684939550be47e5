import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeIdlePatients } from '../../bench/patients.js';
import { STUDY } from '../../dev/journey/stage.js';
import { savePatientSyncs } from '../../src/db/patient-sync.js';
import { beginRead } from '../../src/db/read-starts.js';
import { readObservations } from '../../src/db/readable-observations.js';
import type { Reader } from '../../src/db/readers.js';
import type { Sql } from '../../src/db/sql.js';
import { sweepCandidates } from '../../src/db/sweep.js';
import { OURA } from '../helpers/connected-patient.js';
import { seededDatabase, type TestDatabase } from '../helpers/database.js';

const PATIENTS = 3_000;
const DUE = 20;
/** Each of them has agreed to three kinds of data. */
const CONSENTS_EACH = 3;

let database: TestDatabase;
beforeAll(async () => {
  database = await seededDatabase();
  await makeIdlePatients(database.sql, PATIENTS);
  await database.sql`
    insert into due_patients (patient_id, reason)
    select patient_id, 'webhook' from patient_sync order by patient_id limit ${DUE}`;
  await database.sql`insert into nudges (patient_id) select patient_id from patient_sync`;
  // As it is after a while: the planner knows all tables.
  await database.sql`analyze`;
});
afterAll(async () => {
  await database.drop();
});

async function somebodyDue(): Promise<number> {
  const [row] = await database.sql<{ id: number }[]>`select min(patient_id) as id from due_patients`;
  return row?.id ?? 0;
}

/** How many rows of each table this connection has read and not told the server's statistics yet. */
async function rowsRead(sql: Sql, tables: readonly string[]): Promise<Readonly<Record<string, number>>> {
  const rows = await sql<{ table: string; read: number }[]>`
    select relname as table, (seq_tup_read + coalesce(idx_tup_fetch, 0))::integer as read
    from pg_stat_xact_user_tables where relname = any(${tables})`;
  return Object.fromEntries(rows.map(({ table, read }) => [table, read]));
}

/** What some work in a transaction of its own makes of these tables: how many rows of each it reads. */
async function readBy(tables: readonly string[], work: (sql: Sql) => Promise<unknown>): Promise<number[]> {
  return database.sql.begin(async (transaction) => {
    const sql = transaction as unknown as Sql;
    const before = await rowsRead(sql, tables);
    await work(sql);
    const after = await rowsRead(sql, tables);
    return tables.map((table) => (after[table] ?? 0) - (before[table] ?? 0));
  });
}

it('a sweep looks at the consents and wearables of who is due, never at those of everybody', async () => {
  const range = { afterId: 0, lastId: null, maxAgeMinutes: 360, limit: 1_000 };
  const [consents, connections] = await readBy(['consent_events', 'connections'], async (sql) => {
    expect(await sweepCandidates(sql, range)).toHaveLength(DUE);
  });
  expect(consents).toBeLessThanOrEqual(DUE * CONSENTS_EACH);
  expect(connections).toBeLessThanOrEqual(DUE);
});

it('a read begins and ends with the rows of its patient, never with those of everybody', async () => {
  const patientId = await somebodyDue();
  const tables = ['patients', 'consent_events', 'connections', 'due_patients', 'nudges', 'patient_sync'];
  const rows = await readBy(tables, async (sql) => {
    expect(await beginRead(sql, patientId)).toMatchObject({ patient: { id: patientId } });
    const found = { outcome: 'new data', pollId: 'test', created: 3, failure: null } as const;
    await savePatientSyncs(sql, [{ patientId, ...found }]);
  });
  for (const [index, table] of tables.entries()) expect(rows[index], table).toBeLessThan(PATIENTS / 10);
});

it('an observation is read with the agreements of its patient, never with those of everybody', async () => {
  const [observation] = await database.sql<{ id: number }[]>`
    insert into observations (patient_id, concept_id, data_source_id, effective_start, value, data_type,
                              identifier_system, identifier, provider, series)
    select ${await somebodyDue()}, c.id, ${OURA.dataSourceId}, now(), 60, 'heart_rate', 'ow:normalized',
           gen_random_uuid(), 'oura', 'heart_rate'
    from codeable_concepts c where c.code = 'omh:heart-rate:2.0'
    returning id`;
  const researcher: Reader = { kind: 'practitioner', organizationIds: [STUDY.organizationId] };
  const [consents, memberships] = await readBy(['consent_events', 'organization_patients'], async (sql) => {
    const named = { ids: [observation?.id ?? 0], limit: 1 };
    expect(await readObservations(sql, researcher, named)).toMatchObject([observation]);
  });
  expect(consents).toBeLessThan(PATIENTS / 10);
  expect(memberships).toBeLessThan(PATIENTS / 10);
});
