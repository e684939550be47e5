import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { STUDY } from '../../dev/journey/stage.js';
import { startSandbox, type Sandbox } from '../../dev/open-wearables/sandbox.js';
import { ensureAccount } from '../../src/accounts.js';
import { learnHints } from '../../src/activities/hints.js';
import { ensureDemoPatients } from '../../src/db/seed/demo-patients.js';
import { createOpenWearables, type OpenWearables } from '../../src/open-wearables/client.js';
import { seededDatabase, type TestDatabase } from '../helpers/database.js';

const PATIENTS = 250;

let database: TestDatabase;
let sandbox: Sandbox;
let ow: OpenWearables;
let owUserIds: string[];
beforeAll(async () => {
  database = await seededDatabase();
  sandbox = await startSandbox({ historyRunMs: 0, historyDays: 0 });
  ow = createOpenWearables({ url: sandbox.url, apiKey: sandbox.apiKey, onFailure: () => undefined });
  const { sql } = database;
  owUserIds = [];
  for (const { id } of await ensureDemoPatients(sql, { ...STUDY, count: PATIENTS })) {
    const owUserId = await ensureAccount({ sql, openWearables: () => Promise.resolve(ow) }, id);
    sandbox.control.connect(owUserId, 'oura');
    sandbox.control.setSyncPattern(owUserId, 'manual');
    owUserIds.push(owUserId);
  }
}, 120_000);
afterAll(async () => {
  await ow.close();
  await sandbox.close();
  await database.drop();
});

const isList = ({ path }: { readonly path: string }) => path === '/api/v1/users';

/** A failing activity is a result here, not something to print. */
const activity = () => new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });

/** Learns who is due; answers how many pages of the user list that took. */
async function learn(): Promise<number> {
  sandbox.control.requests.clear();
  await activity().run(() => learnHints(database.sql, ow));
  return sandbox.control.requests.filter(isList).length;
}

async function due(): Promise<number> {
  const rows = await database.sql`delete from due_patients where reason = 'hint' returning patient_id`;
  return rows.length;
}

it('a list of 250 users is read in three pages, and makes all of them due', async () => {
  expect(await learn()).toBe(3);
  expect(await due()).toBe(PATIENTS);
});

it('a list that tells nothing new is one page', async () => {
  expect(await learn()).toBe(1);
  expect(await due()).toBe(0);
});

it('only those whose hint moved are due, and reading ends at the page that tells nothing new', async () => {
  for (const owUserId of owUserIds.slice(40, 170)) sandbox.control.ringSyncs(owUserId, 'oura');
  expect(await learn()).toBe(3);
  expect(await due()).toBe(130);
});

it('users of somebody else in front of the list hide nobody', async () => {
  sandbox.control.ringSyncs(owUserIds[7] ?? '', 'oura');
  for (let number = 0; number < 110; number += 1) {
    const stranger = await ow.findOrCreateUser(`somebody-else-${number}`);
    sandbox.control.connect(stranger, 'oura');
  }
  expect(await learn()).toBe(3);
  expect(await due()).toBe(1);
});

it('a reader that stops between two pages has lost nobody: the next one finds them', async () => {
  for (const owUserId of owUserIds.slice(0, 150)) sandbox.control.ringSyncs(owUserId, 'oura');
  // Remembering fails once one page is remembered.
  await database.sql`
    create function stop_halfway() returns trigger language plpgsql as $$
    begin
      if exists (select 1 from due_patients) then raise 'stopped'; end if;
      return null;
    end $$`;
  await database.sql`create trigger halfway before insert on sync_hints execute function stop_halfway()`;
  await expect(activity().run(() => learnHints(database.sql, ow))).rejects.toThrow();
  await database.sql`drop trigger halfway on sync_hints`;
  const before = await due();
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(150);
  await learn();
  expect(before + (await due())).toBe(150);
});
