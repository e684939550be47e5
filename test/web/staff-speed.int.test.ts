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
  await server.close();
  await database.drop();
});

const OF_PATIENTS = /patient|observation|consent|invitation|connection|coverage|cursors|dead_letters/;

/** Who asks: the session, and its account. */
const OF_WHO_ASKS = /update sessions|where u\.id = \$1$/;

/** Pages of operators and managers, which read no observation, and of a single thing that is found by its id. */
const ELSEWHERE = [
  /^\/admin\/(health|dead-letters|settings|audit)/,
  /^\/admin\/$/,
  /^\/admin\/erasures/,
  /\/erase$/,
  /\/sign-in$/,
  /\/invitations\/:id$/,
  /\/observations\/:observation/,
  /\/revoke$/,
  /\*/,
];

it('every list and every page of the staff is among those that are looked at', () => {
  const addresses = Object.values(pages).flat();
  const paths = addresses.map((address) => address.split(/[?#]/)[0] ?? '');
  const missing = server.routes
    .filter((route) => route.startsWith('/admin/') && !ELSEWHERE.some((each) => each.test(route)))
    .filter((route) => {
      const pattern = new RegExp(`^${route.replace(/:\w+(\{[^}]*\})?/g, '\\d+')}$`);
      return !paths.some((path) => pattern.test(path));
    });
  expect(missing).toEqual([]);
});

it('no list and no page reads the observations from end to end, nor anything of patients as the owner', async () => {
  let looked = 0;
  const asOwner: string[] = [];
  for (const [name, addresses] of Object.entries(pages)) {
    const { statements } = await server.serve(1, addresses);
    for (const statement of statements) {
      const scanned = await scannedTables(database.sql, statement);
      expect(scanned, `${name}: ${statement.text}`).not.toContain('observations');
      if (statement.text.includes('observations')) looked += 1;
      if (statement.userId === null && OF_PATIENTS.test(statement.text) && !OF_WHO_ASKS.test(statement.text))
        asOwner.push(statement.text);
    }
  }
  expect(looked).toBeGreaterThan(8);
  expect(asOwner, 'read as the owner, who sees all organizations').toEqual([]);
}, 60_000);

it('who needs attention is found without going through all consents there ever were', async () => {
  const { statements } = await server.serve(1, pages['attention'] ?? []);
  const scanned = await Promise.all(statements.map((statement) => scannedTables(database.sql, statement)));
  expect(statements.some(({ text }) => text.includes('covered_intervals'))).toBe(true);
  expect(scanned.flat()).not.toContain('consent_events');
});
