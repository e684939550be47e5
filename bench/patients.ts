import { STUDY } from '../dev/journey/stage.js';
import { ensureAccount } from '../src/accounts.js';
import type { Sql } from '../src/db/sql.js';
import { inPool } from '../src/workflows/pool.js';
import type { BenchWorld } from './world.js';

/** Three types that a ring measures, and how many minutes lie between two of their samples. */
export const RHYTHM = { heart_rate: 5, oxygen_saturation: 45, respiratory_rate: 60 };
const CODES = ['omh:heart-rate:2.0', 'omh:oxygen-saturation:2.0', 'omh:respiratory-rate:2.0'];
const OURA = { id: 70004, provider: 'oura' };
const AT_ONCE = 8;

export interface Wearer {
  readonly id: number;
  readonly owUserId: string;
}

/** Patients who agreed to three types some days ago and wear a connected ring that has measured nothing. */
export async function makeWearers(
  { app, openWearables }: BenchWorld,
  count: number,
  daysAgo: number,
): Promise<Wearer[]> {
  const ids = await makePatients(app.sql, count, daysAgo);
  const wearers: Wearer[] = [];
  await inPool(ids, AT_ONCE, async (id) => {
    const owUserId = await ensureAccount(app, id);
    await openWearables.connect(owUserId, OURA.provider);
    wearers.push({ id, owUserId });
  });
  return wearers.sort((a, b) => a.id - b.id);
}

/** As wearers, but Open Wearables knows nothing of them; they were read a moment ago, so that nothing of theirs is due. */
export async function makeIdlePatients(sql: Sql, count: number): Promise<void> {
  const ids = await makePatients(sql, count, 30);
  await sql`update patients set ow_user_id = gen_random_uuid() where id = any(${ids})`;
  await markRead(sql, ids);
}

/** These patients were read a moment ago. */
export async function markRead(sql: Sql, ids: readonly number[]): Promise<void> {
  await sql`
    insert into patient_sync (patient_id, outcome, poll_id, polled_at)
    select id, 'nothing new', 'made', clock_timestamp() from unnest(${ids as number[]}::integer[]) id`;
}

/** Patients who agreed to three types some days ago and have a connected ring; nobody has read them. */
export async function makePatients(sql: Sql, count: number, daysAgo: number): Promise<number[]> {
  await ask(sql);
  const made = await sql<{ id: number }[]>`
    with account as (
      insert into users (email, kind, name_given, name_family)
      select gen_random_uuid() || '@bench.example', 'patient', 'Bench', 'Patient' from generate_series(1, ${count}::integer)
      returning id
    ), made as (
      insert into patients (user_id, time_zone) select id, 'Europe/Berlin' from account returning id
    ), member as (
      insert into organization_patients (organization_id, patient_id) select ${STUDY.organizationId}, id from made
    ), enrolled as (
      insert into study_patients (study_id, patient_id) select ${STUDY.studyId}, id from made
    )
    select id from made order by id`;
  const ids = made.map(({ id }) => id);
  await sql`
    insert into consent_events (patient_id, study_id, concept_id, decision, decided_at, recorded_by, channel, text_version)
    select p.id, ${STUDY.studyId}, c.id, 'agreed', now() - make_interval(days => ${daysAgo}), p.user_id, 'bench', 'bench'
    from patients p cross join codeable_concepts c
    where p.id = any(${ids}) and c.code = any(${CODES}) order by p.id, c.id`;
  await sql`
    insert into connections (patient_id, provider, status)
    select id, ${OURA.provider}, 'active' from unnest(${ids}::integer[]) id`;
  // As the server does by itself within a minute.
  await sql`analyze users, patients, organization_patients, study_patients, consent_events, connections`;
  return ids;
}

/** The study asks for the three types of a ring. */
async function ask(sql: Sql): Promise<void> {
  await sql`
    insert into study_scopes (study_id, concept_id)
    select ${STUDY.studyId}, id from codeable_concepts where code = any(${CODES}) on conflict do nothing`;
  await sql`
    insert into study_data_sources (study_id, data_source_id) values (${STUDY.studyId}, ${OURA.id})
    on conflict do nothing`;
  await sql`
    insert into data_source_scopes (data_source_id, concept_id)
    select ${OURA.id}, id from codeable_concepts where code = any(${CODES}) on conflict do nothing`;
}
