import { copyFile, readdir, rm, stat, truncate } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { verifyChain } from '../../src/audit/verify.js';
import { onBehalfOf, openReading } from '../../src/db/reading.js';
import { openDatabase, type Sql } from '../../src/db/sql.js';
import { recover } from '../../src/recovery.js';
import { erase } from '../erasure/stage.js';
import { agreedPatient, decide, type TestPatient } from '../helpers/connected-patient.js';
import { pollNow, resting } from '../helpers/operator.js';
import { heartRates, hoursAgo } from '../helpers/samples.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { invite, newPatient } from '../web/stages.js';
import * as clusters from './clusters.js';
import { measurementsOf, rulesOf, sequencesOf, tablesOf } from './contents.js';
import { reconcileNow, startService, type Service } from './service.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

const OF_THE_LAB = 10003;
const OF_ANOTHER_ORGANIZATION = 10011;

let lost: clusters.TestCluster;
let world: TestWorld;
/** Where backups go, and where the server's log goes. */
let folder: string;
let archive: string;
let steady: TestPatient;
let leaving: TestPatient;
/** The database as it was when both backups were made. */
let backedUp: Snapshot;
/** What the service knows that lost nothing. */
let truth: string[];
let auditEnd: string;
const leftAt = hoursAgo(0);

const started: clusters.TestCluster[] = [];
const keep = (cluster: clusters.TestCluster) => {
  started.push(cluster);
  return cluster;
};

beforeAll(async () => {
  folder = await clusters.temporaryHome();
  archive = await clusters.temporaryHome();
  lost = keep(await clusters.readyCluster(archive));
  world = await resting(await startTestWorld({ DATABASE_URL: lost.loginUrl }));
  await live();
  const { sql } = world.app;
  backedUp = await snapshot(sql);
  const dumped = await clusters.backupScript('dump', folder, lost.loginUrl);
  const copied = await clusters.backupScript('base', folder, lost.url);
  expect([dumped.errors, copied.errors]).toEqual(['', '']);
  auditEnd = dumped.lines.at(-1)?.split(' ').at(-1) ?? '';
  await liveOn();
  truth = await measurementsOf(sql);
});
afterAll(async () => {
  await world.close();
  for (const cluster of started) await cluster.stop();
  for (const each of [folder, archive]) await rm(each, { recursive: true, force: true });
});

type Snapshot = Awaited<ReturnType<typeof snapshot>>;

async function snapshot(sql: Sql) {
  const [tables, sequences] = [await tablesOf(sql), await sequencesOf(sql)];
  return { tables, sequences, rules: await rulesOf(sql), measurements: await measurementsOf(sql) };
}

/** Who is read, who withdrew, who was erased, who was invited, and a sample that cannot be converted. */
async function live(): Promise<void> {
  const { app, sandbox } = world;
  const place = { sql: app.sql, openWearables: app.openWearables, sandbox };
  const withdrawn = await agreedPatient(place, 1, 10);
  const erased = await agreedPatient(place, 2, 10);
  steady = await agreedPatient(place, 3, 10);
  leaving = await agreedPatient(place, 4, 10);
  for (const { owUserId } of [withdrawn, erased, steady, leaving]) {
    sandbox.control.addSamples(owUserId, heartRates(hoursAgo(100), 300));
  }
  sandbox.control.addSamples(steady.owUserId, [
    { timestamp: hoursAgo(3), type: 'heart_rate', value: 60, source: { device: 'ring\0' } },
  ]);
  await pollNow(world);
  await reconcileNow(app);
  await decide(app.sql, withdrawn.id, 'stopped');
  await erase(world, erased.id);
  await invite(await newPatient(world));
}

/** What comes after the backup: new and late samples, a correction, and a withdrawal. */
async function liveOn(): Promise<void> {
  const { app, sandbox } = world;
  const { owUserId } = steady;
  sandbox.control.addSamples(owUserId, heartRates(hoursAgo(2), 12));
  sandbox.control.addSamples(owUserId, heartRates(hoursAgo(120), 7));
  sandbox.control.addSamples(owUserId, [{ timestamp: hoursAgo(100), type: 'heart_rate', value: 99 }]);
  await decide(app.sql, leaving.id, 'stopped', { at: leftAt });
  sandbox.control.addSamples(leaving.owUserId, heartRates(leftAt, 1));
  await pollNow(world);
  await reconcileNow(app);
  const ow = await app.openWearables();
  await until('the wearable of who withdrew is disconnected', async () =>
    (await ow.connections(leaving.owUserId)).every(({ status }) => status !== 'active'),
  );
}

/** The one backup of its kind. */
async function saved(ending: string): Promise<string> {
  const [name = 'there is none'] = (await readdir(folder)).filter((each) => each.endsWith(ending));
  return path.join(folder, name);
}

const restoring = {
  async dump() {
    const cluster = keep(await clusters.emptyCluster());
    await clusters.makeEmptyDatabase(cluster, 'createrole');
    const { code, errors } = await clusters.backupScript('restore', await saved('.dump'), cluster.loginUrl);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    return cluster;
  },
  base: async () => keep(await clusters.clusterFrom(await saved('.base'), lost)),
};

describe.each(['dump', 'base'] as const)('what %s saved, in a cluster that is new', (kind) => {
  let url: string;
  let sql: Sql;
  let service: Service | undefined;
  beforeAll(async () => {
    const cluster = await restoring[kind]();
    url = cluster.loginUrl;
    sql = openDatabase(url, 2);
  });
  afterAll(async () => {
    await service?.stop();
    await sql.end({ timeout: 5 });
  });

  it('is as it was: every row, every sequence, every rule', async () => {
    expect(await snapshot(sql)).toEqual(backedUp);
  });

  it('has the audit trail up to the noted end, and lets nobody change it', async () => {
    const [id, hash = ''] = auditEnd.split(':');
    const noted = { id: Number(id), hash: Buffer.from(hash, 'hex') };
    expect(noted.id).toBeGreaterThan(0);
    expect(await verifyChain(sql, { noted })).toMatchObject({ end: noted, broken: null });
    for (const table of ['audit_events', 'consent_events'])
      await expect(sql`delete from ${sql(table)}`).rejects.toMatchObject({ code: '23001' });
  });

  it('shows nobody of another organization anything', async () => {
    const reading = openReading(url, 1);
    const seen = async () => (await reading.sql`select from observations`).count;
    expect(await onBehalfOf(OF_THE_LAB, seen)).toBe(backedUp.measurements.length);
    expect(await onBehalfOf(OF_ANOTHER_ORGANIZATION, seen)).toBe(0);
    expect(await seen()).toBe(0);
    await reading.close();
  });

  it('opens with the key of that time, and with no other', async () => {
    await expect(startService(world, url, { SECRET_KEY: 'x'.repeat(64) })).rejects.toMatchObject({
      name: 'SecretUnreadable',
    });
  });

  it('catches up: all that Open Wearables shows is here again, once', async () => {
    service = await startService(world, url);
    const { app } = service;
    expect((await fetch(`${service.url}/ready`)).status).toBe(200);
    expect(await recover(app)).toMatchObject({ onboardings: { unfinished: 1, begun: 1 } });
    await pollNow(service);
    expect((await reconcileNow(app)).isComplete).toBe(true);

    // Nor is anything of who withdrew meanwhile: the wearable was disconnected then, which no backup undoes.
    expect(await measurementsOf(sql)).toEqual(truth);
    expect(truth.length).toBe(backedUp.measurements.length + 12 + 7);
    expect(await reconcileNow(app)).toMatchObject({ daysDiffered: 0, created: 0, amended: 0, retired: 0 });
    expect((await verifyChain(sql)).broken).toBeNull();
  });
});

it('base with the archived log is the last moment: nothing has to be read or said again', async () => {
  await switchLog();
  const { sequences: _, ...last } = await snapshot(world.app.sql);
  const { loginUrl } = keep(await clusters.clusterFrom(await saved('.base'), lost, archive));
  const sql = openDatabase(loginUrl, 1);
  await until('the log is played back', async () => {
    const [server] = await sql<{ isBehind: boolean }[]>`select pg_is_in_recovery() as "isBehind"`;
    return server?.isBehind === false;
  });
  expect(await snapshot(sql)).toMatchObject(last);
  expect(last.measurements).not.toEqual(backedUp.measurements);
  await sql.end({ timeout: 5 });
});

/** Ends the running piece of the log, and waits until it is in the archive. */
async function switchLog(): Promise<void> {
  const sql = openDatabase(lost.url, 1);
  const [ended] = await sql<{ file: string }[]>`select pg_walfile_name(pg_switch_wal()) as file`;
  await until('the log is archived', async () => (await readdir(archive)).includes(ended?.file ?? ''));
  await sql.end({ timeout: 5 });
}

describe('restore', () => {
  it('leaves a database alone that holds anything', async () => {
    const before = await snapshot(world.app.sql);
    const { code, errors } = await clusters.backupScript('restore', await saved('.dump'), lost.loginUrl);
    expect({ code, errors }).toEqual({
      code: 1,
      errors: expect.stringContaining('is not empty, and nothing was changed') as string,
    });
    expect(await snapshot(world.app.sql)).toEqual(before);
  });

  it('leaves nothing behind of a dump that is cut short', async () => {
    const url = await clusters.makeAnotherDatabase(lost, 'cut_short');
    const whole = await saved('.dump');
    const cut = path.join(folder, 'cut short');
    await copyFile(whole, cut);
    await truncate(cut, (await stat(whole)).size - 10_000);
    expect((await clusters.backupScript('restore', cut, url)).code).not.toBe(0);
    expect((await clusters.backupScript('restore', whole, url)).errors).toBe('');
  });

  it('says what an administrator has to run where the login may make no role', async () => {
    const cluster = keep(await clusters.emptyCluster());
    await clusters.makeEmptyDatabase(cluster, 'nocreaterole');
    const { code, errors } = await clusters.backupScript('restore', await saved('.dump'), cluster.loginUrl);
    expect(code).not.toBe(0);
    expect(errors).toContain(
      'create role wearable_exchange_reader nologin; grant wearable_exchange_reader to',
    );
  });
});
