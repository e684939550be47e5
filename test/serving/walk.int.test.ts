import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { STUDY } from '../../dev/journey/stage.js';
import {
  type ObservationRow,
  positionOf,
  type Read,
  readObservations,
  type ReadOrder,
} from '../../src/db/readable-observations.js';
import type { Reader } from '../../src/db/readers.js';
import { ensureDemoPatients } from '../../src/db/seed/demo-patients.js';
import { attachDataSource } from '../../src/db/studies.js';
import { decide, OURA } from '../helpers/connected-patient.js';
import { seededDatabase, type TestDatabase } from '../helpers/database.js';
import { hoursAgo } from '../helpers/samples.js';
import { putObservation } from '../helpers/observations.js';

const researcher: Reader = { kind: 'practitioner', organizationIds: [STUDY.organizationId] };
const MEASURED: ReadOrder = { by: 'measured', direction: 'newest first' };
const ORDERS: readonly ReadOrder[] = [
  MEASURED,
  { by: 'measured', direction: 'oldest first' },
  { by: 'updated', direction: 'newest first' },
  { by: 'updated', direction: 'oldest first' },
];

let database: TestDatabase;
let patients: readonly number[];
beforeAll(async () => {
  database = await seededDatabase();
  await attachDataSource(database.sql, STUDY.studyId, OURA.dataSourceId);
  patients = (await ensureDemoPatients(database.sql, { ...STUDY, count: 12 })).map(({ id }) => id);
  for (const patientId of patients) await decide(database.sql, patientId, 'agreed', { at: hoursAgo(1) });
});
afterAll(async () => {
  await database.drop();
});

/** So many observations of each patient; several patients measure at the same instant. */
async function fill(counts: readonly number[], spacing: number): Promise<void> {
  const { sql } = database;
  await sql`truncate observations cascade`;
  const rows = counts.flatMap((count, index) =>
    Array.from({ length: count }, (_, nth) => ({ patient: patients[index] ?? 0, minutes: nth * spacing })),
  );
  await sql`
    insert into observations (patient_id, concept_id, data_source_id, effective_start, value, data_type,
                              identifier_system, identifier, provider, series, updated_at)
    select patient, 50004, ${OURA.dataSourceId}, ${hoursAgo(2)}::timestamptz - minutes * interval '1 minute', 60,
           'heart_rate', 'ow:normalized', gen_random_uuid(), 'oura', 'heart_rate',
           ${hoursAgo(2)}::timestamptz - (minutes % 7) * interval '1 microsecond'
    from jsonb_to_recordset(${sql.json(rows)}) as r(patient integer, minutes integer)`;
}

/** Follows a search from its first page to its last; what happens between pages is the test's. */
async function walk(
  read: Read,
  between: (page: number) => Promise<void> = async () => {},
): Promise<ObservationRow[]> {
  const seen: ObservationRow[] = [];
  for (let page = 0; ; page += 1) {
    const last = seen.at(-1);
    const after = last === undefined ? {} : { after: positionOf(last, read.order) };
    const rows = await readObservations(database.sql, researcher, { ...read, ...after });
    seen.push(...rows);
    if (rows.length < read.limit) return seen;
    await between(page);
  }
}

it('a walk in any order, with any page size, over any distribution, is the whole in order', async () => {
  const distribution = fc.array(
    fc.oneof(fc.constant(0), fc.integer({ max: 5, min: 1 }), fc.integer({ max: 60, min: 1 })),
    {
      minLength: 1,
      maxLength: 12,
    },
  );
  await fc.assert(
    fc.asyncProperty(
      distribution,
      fc.integer({ min: 7, max: 60 }),
      fc.integer({ min: 1, max: 9 }),
      async (counts, limit, spacing) => {
        await fill(counts, spacing);
        for (const order of ORDERS) {
          const all = await database.sql<{ id: number; time: string }[]>`
          select id, ${database.sql(order.by === 'measured' ? 'effective_start' : 'updated_at')}::text as time
          from observations`;
          const sign = order.direction === 'newest first' ? -1 : 1;
          const expected = all
            .sort((a, b) => sign * (a.time === b.time ? a.id - b.id : a.time < b.time ? -1 : 1))
            .map(({ id }) => id);
          const seen = await walk({ limit, order });
          expect(seen.map(({ id }) => id)).toEqual(expected);
          const skipped = await readObservations(database.sql, researcher, { limit, order, skip: 7 });
          expect(skipped.map(({ id }) => id)).toEqual(expected.slice(7, 7 + limit));
        }
      },
    ),
    { numRuns: 12 },
  );
}, 120_000);

it('a walk neither repeats nor misses one while data arrives, is corrected and is read back', async () => {
  await fill([40, 3, 0, 25], 5);
  const { sql } = database;
  const before = await sql<{ id: number }[]>`select id from observations`;
  const seen = await walk({ limit: 10 }, async (page) => {
    const patientId = patients[page % 4] ?? 0;
    await putObservation(sql, { patientId, at: hoursAgo(0) });
    await putObservation(sql, { patientId, at: hoursAgo(30 + page) });
    await sql`
      update observations set value = value + 1, status = 'amended', updated_at = clock_timestamp()
      where patient_id = ${patientId}`;
  });
  const ids = seen.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(expect.arrayContaining(before.map(({ id }) => id)));
});

it('a revocation during a walk ends it: no further page shows what was withdrawn', async () => {
  await fill([40, 10], 5);
  const [first = 0, second = 0] = patients;
  const seen = await walk({ limit: 10 }, async (page) => {
    if (page === 0) await decide(database.sql, first, 'stopped');
  });
  await decide(database.sql, first, 'agreed');
  const later = seen.slice(10);
  expect(later.length).toBeGreaterThan(0);
  expect(later.every(({ patientId }) => patientId === second)).toBe(true);
});
