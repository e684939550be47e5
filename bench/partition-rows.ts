import type { Measurement } from '../src/omh/measurement.js';
import type { Sql } from '../src/db/sql.js';

export const DAYS = 730;
const DAY_MS = 86_400_000;
/** What a patient's ring measures a day. */
const OF_A_DAY = { heart_rate: 24, oxygen_saturation: 2, respiratory_rate: 1 };
const CODES = {
  heart_rate: 'omh:heart-rate:2.0',
  oxygen_saturation: 'omh:oxygen-saturation:2.0',
  respiratory_rate: 'omh:respiratory-rate:2.0',
};
const ROWS_OF_A_DAY = Object.values(OF_A_DAY).reduce((sum, each) => sum + each, 0);

/** So many patients have so many rows of two years. */
export const patientsOf = (rows: number): number => Math.max(10, Math.round(rows / (DAYS * ROWS_OF_A_DAY)));

/**
 * Two years of rows in the order of their time, as they arrive: of each hour those of all patients. Everything in one
 * transaction that emptied the table, so that a server with `wal_level=minimal` writes no log of it.
 */
export async function fill(sql: Sql, patientIds: readonly number[]): Promise<void> {
  await sql.begin(async (transaction) => {
    await transaction`truncate observations cascade`;
    for (let day = DAYS; day > 0; day -= 1)
      for (const [type, count] of Object.entries(OF_A_DAY))
        await transaction`
          insert into observations (patient_id, concept_id, data_source_id, effective_start, value, data_type,
                                    identifier_system, identifier, provider, device, series, datasheet)
          select p.id, c.id, d.id,
                 date_trunc('day', now()) - make_interval(days => ${day})
                   + n * (interval '1 day' / ${count}::integer) + p.id % 3600 * interval '1 second',
                 55 + (p.id * 7 + n * 13 + ${day}::integer) % 60, ${type}, 'ow:normalized', gen_random_uuid(), 'oura',
                 'Oura Ring Gen3', ${type}, 'Oura Ring Gen3'
          from generate_series(0, ${count}::integer - 1) n
          cross join unnest(${patientIds as number[]}::integer[]) p(id)
          join codeable_concepts c on c.code = ${CODES[type as keyof typeof CODES]}
          join data_sources d on d.provider = 'oura'
          order by n`;
  });
}

/** So many heart rates of a patient, one a minute, that nobody has stored. */
export function newMeasurements(count: number, daysAgo: number): Measurement[] {
  const end = Date.now() - daysAgo * DAY_MS;
  return Array.from({ length: count }, (_, index) =>
    heartRate(crypto.randomUUID(), utc(new Date(end - index * 60_000)), 60 + (index % 30)),
  );
}

/** The newest heart rates of a patient as they were stored, or corrected by so much. */
export async function storedMeasurements(
  sql: Sql,
  patientId: number,
  count: number,
  correction: number,
): Promise<Measurement[]> {
  const rows = await sql<{ identifier: string; at: Date; value: number }[]>`
    select identifier, effective_start as at, value from observations o
    where patient_id = ${patientId} and series = 'heart_rate'
      and concept_id = (select id from codeable_concepts where code = ${CODES.heart_rate})
      and effective_start < date_trunc('day', now())
    order by effective_start desc limit ${count}`;
  return rows.map(({ identifier, at, value }) => heartRate(identifier, utc(at), value + correction));
}

const utc = (at: Date) => at.toISOString().replace('Z', '000+00:00');

function heartRate(identifier: string, start: string, value: number): Measurement {
  return {
    ...{
      dataType: 'heart_rate',
      schemaId: CODES.heart_rate,
      identifier,
      start,
      end: null,
      value,
      details: null,
    },
    datasheet: 'Oura Ring Gen3',
    origin: { provider: 'oura', source: null, device: 'Oura Ring Gen3', series: 'heart_rate' },
  };
}
