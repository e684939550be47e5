import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { hashPassword } from '../../src/auth/passwords.js';
import { setPassword } from '../../src/db/credentials.js';
import { openDatabase } from '../../src/db/sql.js';
import { seededDatabase, type TestDatabase } from '../helpers/database.js';
import { serverAlone } from '../helpers/server-alone.js';
import { StaffBrowser } from '../helpers/staff-browser.js';
import { headerRow, headerTable, routesOf } from './header-rows.js';

vi.setConfig({ testTimeout: 60_000 });

const SITE_URL = 'https://wearables.example';
const NOWHERE = 'postgres://nobody@127.0.0.1:1/none';
const ours = { origin: SITE_URL };
const form = { ...ours, 'content-type': 'application/x-www-form-urlencoded' };
const json = { 'content-type': 'application/json' };

let database: TestDatabase;
let alone: ReturnType<typeof serverAlone>;
let cookie: string;
beforeAll(async () => {
  database = await seededDatabase();
  alone = serverAlone(database.sql, database.url, { SITE_URL, RATE_LIMIT_FACTOR: '1000' });
  await setPassword(database.sql, {
    userId: 10003,
    passwordHash: await hashPassword('a long walk by the river'),
  });
  const megan = new StaffBrowser(alone);
  await megan.signIn('member_megan@example.com', 'a long walk by the river');
  cookie = `__Host-session=${await megan.session()}`;
});
afterAll(async () => {
  await database.drop();
});

it('every route answers with the headers of the table, to whoever is nobody', async () => {
  const rows = [];
  for (const route of routesOf(alone.server))
    rows.push(await headerRow(alone.server, route, { headers: ours }));
  expect(rows.length).toBeGreaterThan(150);
  await expect(headerTable(rows)).toMatchFileSnapshot('./headers-of-routes.txt');
});

it('every kind of error does, too', async () => {
  const { server } = alone;
  const limited = serverAlone(database.sql, database.url, { SITE_URL, RATE_LIMIT_FACTOR: '0.01' }).server;
  const lost = openDatabase(NOWHERE, 1);
  const broken = serverAlone(lost, NOWHERE, { SITE_URL }).server;
  const large = 'x'.repeat(1024 * 1024 + 1);
  const signIn = { body: 'email=a%40b.c&password=x', headers: form };
  await headerRow(limited, 'POST /admin/sign-in', signIn);
  for (let times = 0; times < 3; times += 1)
    await headerRow(limited, 'POST /o/token/', { body: 'grant_type=x', headers: form });
  const rows = [
    await headerRow(server, 'GET /nowhere'),
    await headerRow(server, 'GET /ow/nowhere'),
    await headerRow(server, 'GET /admin/nowhere', { headers: { cookie } }),
    await headerRow(server, 'GET /assets/nowhere.css'),
    await headerRow(server, 'GET /api/v1/nowhere'),
    await headerRow(server, 'GET /FHIR/R5/Nowhere'),
    await headerRow(server, 'GET /api/v1/patients?x=%00'),
    await headerRow(server, 'DELETE /api/v1/users'),
    await headerRow(server, 'GET /ow/manage'),
    await headerRow(server, 'GET /FHIR/R5/Observation'),
    await headerRow(server, 'GET /admin/settings', { headers: { cookie } }),
    await headerRow(server, 'POST /admin/tokens', { headers: { ...form, cookie }, body: 'csrf=wrong' }),
    await headerRow(server, 'POST /ow/redeem', { headers: { origin: 'https://evil.example' } }),
    await headerRow(server, 'POST /admin/sign-in', { body: large, headers: form }),
    await headerRow(server, 'POST /ow/consents', { body: large, headers: form }),
    await headerRow(server, 'POST /FHIR/R5/Observation', { body: large, headers: json }),
    await headerRow(server, 'POST /o/token/', { body: '{}', headers: { 'content-type': 'text/plain' } }),
    await headerRow(server, 'GET /admin/account', { headers: { cookie } }),
    await headerRow(limited, 'POST /admin/sign-in', signIn),
    await headerRow(limited, 'POST /o/token/', { body: 'grant_type=x', headers: form }),
    await headerRow(broken, 'GET /admin/account', { headers: { cookie } }),
    await headerRow(broken, 'GET /ow/manage', { headers: { cookie } }),
    await headerRow(broken, 'GET /api/v1/patients', {
      headers: { authorization: `Bearer ${'a'.repeat(43)}` },
    }),
  ];
  await lost.end({ timeout: 1 });
  await expect(headerTable(rows)).toMatchFileSnapshot('./headers-of-errors.txt');
});
