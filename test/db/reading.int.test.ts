import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { readObservations } from '../../src/db/readable-observations.js';
import { onBehalfOf, openReading, READER_ROLE, type Reading } from '../../src/db/reading.js';
import { openDatabase } from '../../src/db/sql.js';
import { seededDatabase, type TestDatabase } from '../helpers/database.js';
import {
  type Belongings,
  keepEverythingOf,
  OPERATOR,
  PAMELA,
  PERCY,
  PETER,
  type Person,
} from './walled-world.js';
import { holes, readableReferences, readableTables, type Reference, rowsOf } from './walls.js';

const MANAGER_MARY = 10002;

/** Anybody who is signed in knows their names. */
const PUBLIC = new Set(['organizations']);

let database: TestDatabase;
let reading: Reading;
let references: Reference[];
let peters: Belongings;
let pamelas: Belongings;
let percys: Belongings;
beforeAll(async () => {
  database = await seededDatabase();
  reading = openReading(database.url, 3);
  peters = await keepEverythingOf(database.sql, PETER);
  pamelas = await keepEverythingOf(database.sql, PAMELA);
  percys = await keepEverythingOf(database.sql, PERCY);
  references = (await readableReferences(database.sql, Object.keys(peters))).filter(
    ({ table }) => !PUBLIC.has(table),
  );
});
afterAll(async () => {
  await reading.close();
  await database.drop();
});

/** The tables in which this account finds something of a person, and those in which it finds nothing. */
async function looked(userId: number, things: Belongings) {
  const found = new Set<string>();
  const missed = new Set<string>();
  for (const reference of references) {
    const ids = things[reference.target] ?? [];
    expect(await rowsOf(database.sql, reference, ids), `${reference.table} has no row to look for`).not.toBe(
      0,
    );
    const count = await onBehalfOf(userId, () => rowsOf(reading.sql, reference, ids));
    (count > 0 ? found : missed).add(`${reference.table}.${reference.column}`);
  }
  return { found: [...found], missed: [...missed] };
}

const all = () => references.map(({ table, column }) => `${table}.${column}`);
const ofPatients = () =>
  references
    .filter(({ target }) => !['studies', 'organizations'].includes(target))
    .map(({ table, column }) => `${table}.${column}`);

describe('a statement without any condition', () => {
  it.each<[string, Person, () => Belongings, () => Belongings]>([
    ['of one organization', PETER, () => peters, () => percys],
    ['of the other', PERCY, () => percys, () => peters],
  ])('finds a practitioner %s all there is of their own patients, and nothing of others', async (...row) => {
    const [, { practitionerId }, own, others] = row;
    expect(references.length).toBeGreaterThan(25);
    expect(await looked(practitionerId, own())).toEqual({ found: all(), missed: [] });
    expect(await looked(practitionerId, others())).toEqual({ found: [], missed: all() });
  });

  it('finds patients what is theirs, and nothing of another patient of the same study', async () => {
    const own = await looked(PETER.userId, peters);
    // Who works for an organization is not told to its patients.
    expect(own.missed).toEqual(['organization_members.organization_id']);
    const { missed } = await looked(PETER.userId, pamelas);
    expect(missed).toEqual(expect.arrayContaining(ofPatients()));
  });

  it('finds an operator everything', async () => {
    for (const things of [peters, pamelas, percys])
      expect((await looked(OPERATOR, things)).missed).toEqual([]);
  });

  it.each([0, -1, 2 ** 31 - 1])('finds nobody anything: account %s', async (userId) => {
    expect((await looked(userId, peters)).found).toEqual([]);
    const [row] = await onBehalfOf(
      userId,
      () => reading.sql`select (select count(*) from users) + (select count(*) from organizations) as count`,
    );
    expect(row).toEqual({ count: 0 });
  });

  it('and whoever is not asked for anybody finds nothing', async () => {
    for (const reference of references)
      expect(await rowsOf(reading.sql, reference, peters[reference.target] ?? [])).toBe(0);
  });
});

it('names of patients are told to whom the patient is, names of practitioners to practitioners', async () => {
  const namesFor = async (userId: number) => {
    const rows = await onBehalfOf(
      userId,
      () => reading.sql<{ id: number }[]>`select id from users order by id`,
    );
    return rows.map(({ id }) => id);
  };
  const staff = [10001, 10002, 10003, 10004, 10005, 10011];
  expect(await namesFor(PETER.practitionerId)).toEqual([...staff, PETER.userId, PAMELA.userId].sort());
  expect(await namesFor(PERCY.practitionerId)).toEqual([...staff, PERCY.userId, 10010].sort());
  expect(await namesFor(PETER.userId)).toEqual([PETER.userId]);
});

it('a reader that is widened to all organizations by mistake reads no observation of another organization', async () => {
  const widened = {
    kind: 'practitioner',
    organizationIds: [PETER.organizationId, PERCY.organizationId],
  } as const;
  const read = (userId: number) =>
    onBehalfOf(userId, () => readObservations(reading.sql, widened, { limit: 10 }));
  const patients = (rows: Awaited<ReturnType<typeof read>>) => rows.map(({ patientId }) => patientId).sort();
  expect(patients(await readObservations(database.sql, widened, { limit: 10 }))).toEqual([
    40001, 40002, 40003,
  ]);
  expect(patients(await read(PETER.practitionerId))).toEqual([40001, 40002]);
  expect(patients(await read(PERCY.practitionerId))).toEqual([40003]);
});

it('what the audit trail tells of an organization is told to its managers', async () => {
  const { sql } = database;
  await sql`
    select record_audit_events(${sql.json([
      {
        actorKind: 'service',
        action: 'read',
        why: 'a test',
        outcome: 'allowed',
        patients: [PETER.patientId],
      },
    ])})`;
  const eventsFor = (userId: number) =>
    onBehalfOf(userId, async () => {
      const [events, subjects] = await Promise.all([
        reading.sql`select from audit_events`,
        reading.sql`select from audit_subjects`,
      ]);
      return [events.count, subjects.count];
    });
  expect(await eventsFor(MANAGER_MARY)).toEqual([1, 1]);
  for (const userId of [PETER.practitionerId, PERCY.practitionerId, PETER.userId])
    expect(await eventsFor(userId)).toEqual([0, 0]);
});

it('of an erasure its managers are told, and an operator, but never what opens the receipt', async () => {
  const { sql } = database;
  await sql`
    insert into erasures (patient_id, organization_ids, asked_as, receipt_hash)
    values (49001, ${[PETER.organizationId]}, 'patient', sha256('receipt'))`;
  const erasuresFor = async (userId: number) =>
    (await onBehalfOf(userId, () => reading.sql`select patient_id from erasures`)).count;
  for (const userId of [MANAGER_MARY, OPERATOR]) expect(await erasuresFor(userId)).toBe(1);
  for (const userId of [PETER.practitionerId, PERCY.practitionerId, PETER.userId, 0])
    expect(await erasuresFor(userId)).toBe(0);
  const asked = onBehalfOf(OPERATOR, () => reading.sql`select receipt_hash from erasures`);
  await expect(asked).rejects.toThrow('permission denied');
});

it('a role that is taken away holds no longer in the next statement', async () => {
  const count = async () => (await looked(10004, pamelas)).found.length;
  expect(await count()).toBeGreaterThan(20);
  await database.sql`delete from organization_members where user_id = 10004`;
  expect(await count()).toBe(0);
});

describe('the wall has no hole', () => {
  it('every table that leads to people is closed, and every view reads as who asks it', async () => {
    expect(await holes(database.sql)).toEqual([]);
  });

  it('a table or view that is added later and forgotten is noticed', async () => {
    const forgotten = database.sql.begin(async (sql) => {
      await sql`create table notes (patient_id integer references patients (id))`;
      await sql`create table note_pages (note integer, patient_id integer)`;
      await sql`create view latest_notes as select * from notes`;
      await sql`grant select on latest_notes to wearable_exchange_reader`;
      expect(await holes(sql as never)).toEqual(['latest_notes', 'note_pages', 'notes']);
      throw new Error('taken back');
    });
    await expect(forgotten).rejects.toThrow('taken back');
  });

  it('without rows of people only what is known to everybody is read', async () => {
    const walled = await database.sql<{ name: string }[]>`
      select relname as name from pg_class where relrowsecurity or relkind = 'v'`;
    const open = (await readableTables(database.sql)).filter(
      (name) => !walled.some((each) => each.name === name),
    );
    expect(open).toEqual([
      'client_data_sources',
      'clients',
      'codeable_concepts',
      'data_source_scopes',
      'data_sources',
    ]);
  });

  it.each(['sessions', 'settings', 'signing_keys', 'refresh_tokens', 'invitation_links', 'connect_attempts'])(
    '%s is not read for people at all',
    async (table) => {
      const asked = onBehalfOf(OPERATOR, () => reading.sql`select from ${reading.sql(table)}`);
      await expect(asked).rejects.toThrow('permission denied');
    },
  );

  it.each([
    'select password_hash from users',
    'select original from dead_letters',
    'select token_hash from access_tokens',
    'insert into organization_members values (20007, 10003, $$manager$$)',
    'update patients set time_zone = $$UTC$$',
    'create table mine ()',
  ])('nor does it let anybody do this: %s', async (text) => {
    const reader = openDatabase(database.url, 1, READER_ROLE);
    await expect(reader.unsafe(text)).rejects.toThrow('permission denied');
    await reader.end();
  });
});

describe('no connection carries anybody over to the next statement', () => {
  let single: Reading;
  beforeAll(() => {
    single = openReading(database.url, 1);
  });
  afterAll(async () => {
    await single.close();
  });
  const who = async (userId?: number) => {
    const ask = async () => single.sql<{ id: number | null }[]>`select reading_user() as id`;
    const [row] = await (userId === undefined ? ask() : onBehalfOf(userId, ask));
    return row?.id;
  };

  it('after a statement that ended well', async () => {
    expect(await who(PETER.userId)).toBe(PETER.userId);
    expect(await who()).toBeNull();
  });

  it('after one that failed', async () => {
    await expect(onBehalfOf(PETER.userId, () => single.sql`select 1 / 0`)).rejects.toThrow(
      'division by zero',
    );
    expect(await who()).toBeNull();
    expect(await who(PAMELA.userId)).toBe(PAMELA.userId);
  });

  it.each([
    ['was cancelled', 'pg_cancel_backend'],
    ['lost its connection', 'pg_terminate_backend'],
  ])('after one that %s', async (_, end) => {
    const asked = onBehalfOf(PETER.userId, () => single.sql`select pg_sleep(60)`);
    const failed = expect(asked).rejects.toThrow();
    await until('it runs, and is ended', async () => {
      const ended = await database.sql.unsafe(
        `select ${end}(pid) from pg_stat_activity where datname = current_database() and query like 'select pg_sleep%'`,
      );
      return ended.length === 1;
    });
    await failed;
    await until('the connection is there again', async () =>
      who().then(
        (id) => id === null,
        () => false,
      ),
    );
    expect(await who(PAMELA.userId)).toBe(PAMELA.userId);
  });

  it('and of many at once each is answered what is theirs', async () => {
    const asked = Array.from({ length: 300 }, (_, index) => [PETER, PAMELA, PERCY][index % 3] ?? PETER);
    const answers = await Promise.all(
      asked.map(async ({ userId }) =>
        onBehalfOf(userId, () => reading.sql<{ id: number }[]>`select id from patients`),
      ),
    );
    expect(answers.map((rows) => rows.map(({ id }) => id))).toEqual(
      asked.map(({ patientId }) => [patientId]),
    );
  });
});
