import { openDatabase, type Sql } from '../../src/db/sql.js';

/** The organization, study and wearable of the generated patients. */
export const CLINIC = { organizationId: 20003, studyId: 39001, ouraId: 70004 };

export interface ClinicSize {
  readonly patients: number;
  /** Heart rates a day of each patient; daily totals, nights and oxygen come on top. */
  readonly heartRatesADay: number;
  readonly days: number;
}

/** Ids of generated patients begin here. */
const FIRST_PATIENT = 800_001;

/**
 * A study with many patients, made in SQL: who agreed, is connected and has been read for some weeks. Of each ten, one
 * lost the connection, one has a rejected record, and one was only invited.
 */
export async function makeClinic(sql: Sql, size: ClinicSize): Promise<readonly number[]> {
  await makeStudy(sql);
  await makePeople(sql, size.patients);
  await makeAgreements(sql, size);
  await makeArrivals(sql, size);
  await sql`analyze`;
  const rows = await sql<{ id: number }[]>`select id from patients where id >= ${FIRST_PATIENT} order by id`;
  return rows.map(({ id }) => id);
}

/** As `makeClinic`, without the checks of foreign keys, and with indexes built once over all rows: minutes instead of an hour. */
export async function makeClinicFast(url: string, size: ClinicSize): Promise<readonly number[]> {
  const sql = openDatabase(`${url}?session_replication_role=replica&maintenance_work_mem=1GB`);
  try {
    const indexes = await sql<{ name: string; definition: string }[]>`
      select indexname as name, indexdef as definition from pg_indexes
      where tablename = 'observations' and indexname not in ('observations_pkey', 'observations_identifier_unique')`;
    for (const { name } of indexes) await sql`drop index ${sql(name)}`;
    await sql`alter table observations drop constraint observations_identifier_unique`;
    const patients = await makeClinic(sql, size);
    for (const { definition } of indexes) await sql.unsafe(definition);
    await sql`
      alter table observations
        add constraint observations_identifier_unique unique (patient_id, identifier, identifier_system)`;
    await sql`vacuum analyze observations`;
    return patients;
  } finally {
    await sql.end();
  }
}

const CODES = [
  'omh:heart-rate:2.0',
  'ieee:physical-activity:1.0',
  'ieee:sleep-episode:1.0',
  'omh:oxygen-saturation:2.0',
  'omh:respiratory-rate:2.0',
];

async function makeStudy(sql: Sql): Promise<void> {
  await sql`
    insert into studies (id, organization_id, name, description, history_days)
    values (${CLINIC.studyId}, ${CLINIC.organizationId}, 'Recovery Rhythm Study',
            'How sleep and heart rhythm recover in the months after heart surgery.', 120)
    on conflict do nothing`;
  await sql`
    insert into study_scopes (study_id, concept_id)
    select ${CLINIC.studyId}, id from codeable_concepts where code = any(${CODES}) on conflict do nothing`;
  await sql`insert into study_data_sources values (${CLINIC.studyId}, ${CLINIC.ouraId}) on conflict do nothing`;
  await sql`
    insert into data_source_scopes (data_source_id, concept_id)
    select ${CLINIC.ouraId}, id from codeable_concepts where code = any(${CODES}) on conflict do nothing`;
}

async function makePeople(sql: Sql, count: number): Promise<void> {
  await sql`
    insert into users (id, email, kind, name_given, name_family)
    select ${FIRST_PATIENT} + n, 'patient_' || n || '@clinic.example', 'patient',
           (array['Pamela', 'Wilhelmina Alexandra', 'Amara', 'Jun', 'Léa', 'Noah', 'Ximena'])[1 + n % 7],
           (array['Nguyen-Castellanos', 'van der Berg-Oyelaran dos Santos', 'Diallo', 'Watanabe', 'Fontaine'])[1 + n % 5]
    from generate_series(0, ${count}::integer - 1) n`;
  await sql`
    insert into patients (id, user_id, ow_user_id, time_zone, birth_date)
    select ${FIRST_PATIENT} + n, ${FIRST_PATIENT} + n, gen_random_uuid(),
           (array['America/Los_Angeles', 'Europe/Madrid', 'UTC'])[1 + n % 3], date '1968-03-12' + n % 9000
    from generate_series(0, ${count}::integer - 1) n`;
  await sql`
    insert into organization_patients select ${CLINIC.organizationId}, id from patients where id >= ${FIRST_PATIENT}`;
  await sql`
    insert into study_patients select ${CLINIC.studyId}, id, now() - interval '100 days'
    from patients where id >= ${FIRST_PATIENT}`;
  await sql`
    insert into invitations (patient_id, client_id, token_hash, status, issued_by, issued_at, expires_at, redeemed_at)
    select id, 6, sha256(('made ' || id)::bytea), case when id % 10 = 9 then 'issued' else 'redeemed' end, 10002,
           now() - interval '1 day', now() + interval '6 days', case when id % 10 < 9 then now() end
    from patients where id >= ${FIRST_PATIENT}`;
}

async function makeAgreements(sql: Sql, { days }: ClinicSize): Promise<void> {
  await sql`
    insert into consent_events (patient_id, study_id, concept_id, decision, decided_at, recorded_by, channel, text_version)
    select p.id, ${CLINIC.studyId}, c.id,
           case when c.code = 'omh:respiratory-rate:2.0' and p.id % 4 = 0 then 'declined' else 'agreed' end,
           now() - make_interval(days => ${days}), p.user_id, 'consent page', '2026-11'
    from patients p cross join codeable_concepts c
    where p.id >= ${FIRST_PATIENT} and p.id % 10 < 9 and c.code = any(${CODES})
    order by p.id, c.id`;
  await sql`
    insert into connections (patient_id, provider, status, connected_at, checked_at)
    select id, 'oura', case when id % 10 = 1 then 'expired' else 'active' end,
           now() - make_interval(days => ${days}), now() - interval '2 hours'
    from patients where id >= ${FIRST_PATIENT} and id % 10 < 9`;
  await sql`
    insert into dead_letters (patient_id, series, reason, detail, fingerprint, original, data_type)
    select id, 'heart_rate', 'NoTimeZone', 'a time without a zone', sha256(id::text::bytea), '\\x00', 'heart_rate'
    from patients where id >= ${FIRST_PATIENT} and id % 10 = 2`;
  await sql`
    insert into patient_sync (patient_id, outcome, poll_id, polled_at, failure)
    select id, case id % 10 when 3 then 'could not read' when 4 then 'nothing new' else 'new data' end, 'made', now(),
           case id % 10 when 3 then 'Unavailable' end
    from patients where id >= ${FIRST_PATIENT} and id % 10 < 9`;
  await sql`
    insert into cursors (patient_id, series, covered_from, covered_to, position)
    select p.id, s, now() - make_interval(days => ${days}), now(),
           now() - case p.id % 10 when 5 then interval '71 hours' else interval '20 minutes' end
    from patients p cross join unnest(array['heart_rate', 'steps', 'sleep', 'oxygen_saturation']) s
    where p.id >= ${FIRST_PATIENT} and p.id % 10 < 9`;
}

/** Observations and coverage; every 17th day of a patient is empty, every 13th partial, every 19th late. */
async function makeArrivals(sql: Sql, { days, heartRatesADay }: ClinicSize): Promise<void> {
  await sql`
    insert into observations (patient_id, concept_id, data_source_id, effective_start, value, data_type,
                              identifier_system, identifier, provider, source, device, series)
    select p.id, c.id, ${CLINIC.ouraId}, day.at + n * (interval '1 day' / ${heartRatesADay}),
           round(62 + 14 * sin(n * 6.28 / ${heartRatesADay}) + 9 * random()), 'heart_rate', 'ow:normalized',
           gen_random_uuid(), 'oura', 'oura', 'Oura Ring Gen3', 'heart_rate'
    from patients p
    join codeable_concepts c on c.code = 'omh:heart-rate:2.0'
    cross join lateral (
      select d, ((clock_timestamp() at time zone p.time_zone)::date - d)::timestamp at time zone p.time_zone as at
      from generate_series(1, ${days}::integer) d where (d + p.id) % 17 <> 0) day
    cross join generate_series(0, ${heartRatesADay}::integer - 1) n
    where p.id >= ${FIRST_PATIENT} and p.id % 10 < 9
      and ((day.d + p.id) % 13 <> 0 or n < ${heartRatesADay}::integer / 3)`;
  await sql`
    insert into observations (patient_id, concept_id, data_source_id, effective_start, effective_end, value, details,
                              data_type, identifier_system, identifier, provider, source, device, series)
    select p.id, c.id, ${CLINIC.ouraId}, day.at + k.begins, day.at + k.begins + k.lasts, k.value, k.details, k.type,
           'ow:normalized', gen_random_uuid(), 'oura', 'oura', 'Oura Ring Gen3', k.series
    from patients p
    cross join lateral (
      select d, ((clock_timestamp() at time zone p.time_zone)::date - d)::timestamp at time zone p.time_zone as at
      from generate_series(1, ${days}::integer) d where (d + p.id) % 17 <> 0) day
    cross join lateral (values
      ('ieee:physical-activity:1.0', interval '0', interval '1 day', null::float8,
       json_build_object('activity_name', 'daily activity summary', 'base_movement_quantity',
                         json_build_object('value', 2000 + ((p.id % 977) * day.d * 37) % 9000, 'unit', 'steps')),
       'physical_activity', 'summary'),
      ('ieee:sleep-episode:1.0', interval '-1 hour', interval '7 hours 40 minutes', null,
       json_build_object('light_sleep_duration', json_build_object('value', 13200, 'unit', 'sec'),
                         'deep_sleep_duration', json_build_object('value', 5400, 'unit', 'sec'),
                         'rem_sleep_duration', json_build_object('value', 6600, 'unit', 'sec'),
                         'wake_after_sleep_onset', json_build_object('value', 2400, 'unit', 'sec')),
       'sleep_episode', 'sleep'),
      ('omh:oxygen-saturation:2.0', interval '3 hours', null, 95 + day.d % 4, null, 'oxygen_saturation',
       'oxygen_saturation')) k(code, begins, lasts, value, details, type, series)
    join codeable_concepts c on c.code = k.code
    where p.id >= ${FIRST_PATIENT} and p.id % 10 < 9`;
  await sql`
    insert into coverage (patient_id, data_type, kind, day, shown, expected, stored, rejected, late)
    select p.id, k.type, k.kind, (clock_timestamp() at time zone p.time_zone)::date - d, k.rows, k.rows,
           case when (d + p.id) % 13 = 0 and k.type = 'heart_rate' then k.rows / 3 else k.rows end, 0,
           case when (d + p.id) % 19 = 0 then 1 else 0 end
    from patients p
    cross join generate_series(1, ${days}::integer) d
    cross join lateral (values
      ('heart_rate', 'sample', case when (d + p.id) % 17 = 0 then 0 else ${heartRatesADay}::integer end),
      ('physical_activity', 'summary', case when (d + p.id) % 17 = 0 then 0 else 1 end),
      ('sleep_episode', 'sleep', case when (d + p.id) % 17 = 0 then 0 else 1 end),
      ('oxygen_saturation', 'sample', case when (d + p.id) % 17 = 0 then 0 else 1 end)) k(type, kind, rows)
    where p.id >= ${FIRST_PATIENT} and p.id % 10 < 9`;
}
