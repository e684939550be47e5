import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate } from '../src/db/migrate.js';
import { migrationsFolder } from '../src/db/migrations-folder.js';
import { ensureDemoPatients } from '../src/db/seed/demo-patients.js';
import { seed } from '../src/db/seed/seed.js';
import { openDatabase, type Sql } from '../src/db/sql.js';
import { patientData } from '../src/patient-data.js';
import { STUDY } from '../dev/journey/stage.js';
import { emptyDatabase } from './helpers/database.js';

const MANY = 200_000;
/** A page of rows and its text are in memory at a time; all of it would be hundreds of megabytes. */
const FLAT_BYTES = 24 * 1024 * 1024;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const heldBytes = (): number => {
  collect();
  return process.memoryUsage().heapUsed;
};

let sql: Sql;
let drop: () => Promise<void>;
let mine: number;

beforeAll(async () => {
  const database = await emptyDatabase();
  sql = openDatabase(database.url, 4);
  drop = () => database.drop();
  await migrate(sql, migrationsFolder());
  await seed(sql, { siteUrl: 'http://localhost', passwordHash: 'none' });
  const [first, second] = await ensureDemoPatients(sql, { ...STUDY, count: 2 });
  mine = first?.id ?? 0;
  for (const [patientId, count] of [
    [mine, MANY],
    [second?.id ?? 0, 1_000],
  ] as const) {
    await sql`
      insert into observations (patient_id, concept_id, data_source_id, effective_start, value, data_type,
                                identifier_system, identifier, provider, series)
      select ${patientId}, c.id, 70004, '2026-01-01'::timestamptz + (n / 3) * interval '1 minute', 60 + n % 40,
             'heart_rate', 'ow:normalized', gen_random_uuid(), 'oura', 'heart_rate'
      from generate_series(1, ${count}::integer) n, codeable_concepts c where c.code = 'omh:heart-rate:2.0'`;
  }
}, 60_000);
afterAll(async () => {
  await sql.end();
  await drop();
});

it.each(['csv', 'jsonl'] as const)(
  'two hundred thousand readings leave as %s, each once, page by page, no faster than they are taken, in flat memory',
  async (format) => {
    const statements: number[] = [];
    const counted = new Proxy(sql, {
      apply: (target, self, words: unknown[]) => {
        statements.push(1);
        return Reflect.apply(target, self, words) as unknown;
      },
    });
    const chunks = patientData({ sql: counted }, mine, format);
    await chunks.next();
    await chunks.next();
    const atFirst = statements.length;
    await new Promise((resolve) => setImmediate(resolve));
    expect(statements.length).toBe(atFirst);

    let rows = 1_000;
    let largest = 0;
    const before = heldBytes();
    let held = before;
    for await (const chunk of chunks) {
      rows += chunk.split('\n').length - 1;
      largest = Math.max(largest, chunk.length);
      if (rows % 20_000 === 0) held = Math.max(held, heldBytes());
    }
    expect(held - before).toBeLessThan(FLAT_BYTES);
    expect(rows).toBe(MANY);
    expect(largest).toBeLessThan(1024 * 1024);
  },
  120_000,
);
