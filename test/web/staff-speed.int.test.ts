import { afterAll, beforeAll, expect, it } from 'vitest';
import { CLINIC, makeClinic } from '../helpers/clinic.js';
import { seededDatabase, type TestDatabase } from '../helpers/database.js';
import { staffPages, staffServer } from '../helpers/staff-server.js';
import { scannedTables } from '../helpers/statements.js';

/** A small clinic, large enough that a plan of Postgres is that of a large one; `npm run bench -- pages` has the large one. */
const SIZE = { patients: 120, days: 98, heartRatesADay: 27 };

let database: TestDatabase;
let server: Awaited<ReturnType<typeof staffServer>>;
let pages: ReturnType<typeof staffPages>;
beforeAll(async () => {
  database = await seededDatabase();
  const patients = await makeClinic(database.sql, SIZE);
  server = await staffServer(database.sql, database.url);
  pages = staffPages(CLINIC.studyId, patients);
}, 180_000);
afterAll(async () => {
  await database.drop();
});

it('no list and no page reads the observations from end to end', async () => {
  let looked = 0;
  for (const [name, addresses] of Object.entries(pages)) {
    const { statements } = await server.serve(1, addresses);
    for (const statement of statements) {
      const scanned = await scannedTables(database.sql, statement);
      expect(scanned, `${name}: ${statement.text}`).not.toContain('observations');
      if (statement.text.includes('observations')) looked += 1;
    }
  }
  expect(looked).toBeGreaterThan(8);
}, 60_000);
