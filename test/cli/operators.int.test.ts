import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { pollsSince } from '../../src/db/polls.js';
import { connectTemporal } from '../../src/temporal/connection.js';
import { command } from '../helpers/command.js';
import { agreedPatient, type TestPatient } from '../helpers/connected-patient.js';
import { hoursAgo } from '../helpers/samples.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { buildId } from '../../src/temporal/build-id.js';
import { version } from '../../src/version.js';

vi.setConfig({ testTimeout: 90_000 });

let world: TestWorld;
let patient: TestPatient;
beforeAll(async () => {
  world = await startTestWorld();
  patient = await agreedPatient({ ...world.app, sandbox: world.sandbox });
});
afterAll(async () => {
  await world.close();
});

const run = (...words: readonly string[]) => command(world, ...words);
const json = async (...words: readonly string[]): Promise<unknown> =>
  JSON.parse((await run(...words, '--json')).lines.join('\n'));

it('version tells it to people and to scripts', async () => {
  const told = await run('version');
  expect(told).toMatchObject({ code: 0 });
  for (const fact of [version, process.versions.node, buildId()])
    expect(told.lines.join('\n')).toContain(fact);
  expect(await json('version')).toEqual({
    ...{ version, node: process.versions.node, commit: null, workflows: buildId() },
    migration: expect.stringMatching(/^\d{4}_\w+$/) as string,
  });
});

it('a schedule is paused with a note, seen, resumed, and run at once', async () => {
  expect((await run('schedule', 'status')).code).toBe(0);
  await run('schedule', 'pause', 'heal', '--note', 'the nights are short');
  const paused = await run('schedule', 'status');
  expect(paused.lines.find((line) => line.startsWith('heal'))).toMatch(/paused .*the nights are short$/);
  expect(paused.code).toBe(3);
  expect(await json('schedule', 'resume', 'heal')).toEqual({ schedule: 'heal', done: 'resume' });
  expect((await run('schedule', 'status')).code).toBe(0);

  const before = new Date();
  await run('schedule', 'run');
  await until('the poll has ended', async () => {
    const [poll] = await pollsSince(world.app.sql, before, 1);
    return poll?.outcome === 'complete';
  });
  expect((await run('schedule', 'pause', 'all')).code).toBe(2);
});

it('a poll is remembered: who asked for it, what it came to, and why patients could not be read', async () => {
  await run('poll');
  const [poll] = await pollsSince(world.app.sql, new Date(0), 1);
  expect(poll).toMatchObject({
    trigger: 'operator',
    askedBy: null,
    outcome: 'complete',
    due: 1,
    read: 1,
    notRead: 0,
  });
  world.sandbox.control.faults.failNext({ path: /timeseries/ }, { status: 404 });
  await run('poll');
  const [failed] = await pollsSince(world.app.sql, new Date(0), 1);
  expect(failed).toMatchObject({ due: 1, read: 0, notRead: 1, failures: { NotFound: 1 } });
  expect(failed?.endedAt?.getTime()).toBeGreaterThan(failed?.startedAt.getTime() ?? Infinity);
  expect((await run('patients', '--attention')).lines[1]).toMatch(
    new RegExp(`^${patient.id} +could not be read`),
  );
  await run('poll');
});

it('patients are listed page by page without names; those who need attention with the next step', async () => {
  const first = await run('patients', '--limit', '1');
  expect(first.lines[0]).toMatch(/^patient +agreed +connected +last poll +last data$/);
  const after = first.lines.at(-1)?.replace('More: --after ', '') ?? '';
  expect((await run('patients', '--limit', '1', '--after', after)).lines[1]).not.toBe(first.lines[1]);
  expect((await run('patients', '--attention')).lines).toEqual(['Nobody needs attention.']);

  const { sql } = world.app;
  await sql`update cursors set position = ${hoursAgo(72)} where patient_id = ${patient.id}`;
  await sql`update connections set connected_at = ${hoursAgo(72)} where patient_id = ${patient.id}`;
  const silent = await run('patients', '--attention', '--silent-hours', '48');
  expect(silent.lines[1]).toMatch(new RegExp(`^${patient.id} +silent for 72 h .*open its app$`));
  expect(silent.code).toBe(3);
  expect(await json('patients', '--attention', '--after', `silent/${patient.id}`)).toEqual({
    patients: [],
    next: null,
  });
  expect((await run('patients', '--attention', '--after', 'x')).code).toBe(2);
});

it('lists have headings and times to the minute; those that are empty say so in words', async () => {
  const member = ['--user', 'member_megan@example.com'];
  expect((await run('dead-letters', 'list')).lines).toEqual(['No open dead letters.']);
  expect((await run('token', 'list', ...member)).lines).toEqual(['No token is good any more.']);
  await run('settings', 'set', 'ow.lookback_hours', '24');
  await run('token', 'create', ...member);
  const lists = {
    'settings history': /^when +setting +what +by$/,
    [`token list ${member.join(' ')}`]: /^id +name +access +good until$/,
    'schedule status': /^schedule +state +last +next +note$/,
    'migrate status': /^migration +applied$/,
  };
  for (const [words, headings] of Object.entries(lists)) {
    const { lines } = await run(...words.split(' '));
    expect(lines[0]).toMatch(headings);
    expect(lines.slice(1).join('\n'), words).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/);
    expect(lines.join('\n'), words).not.toMatch(/\d\d:\d\d:\d\d/);
  }
  await run('settings', 'unset', 'ow.lookback_hours');
});

it('doctor finds everything well, and reads the raw storage in raw mode', async () => {
  const { lines, code } = await run('doctor');
  expect({ last: lines.at(-1), code }).toEqual({ last: 'All is well.', code: 0 });
  expect(lines.find((line) => line.includes('clock'))).toMatch(/^ok .*agrees with the database's$/);
  await run('settings', 'set', 'ow.ingest_mode', 'raw');
  expect((await run('doctor')).lines.find((line) => line.includes('raw storage'))).toMatch(
    /^ok .*can be listed/,
  );
  await run('settings', 'set', 'ow.s3.bucket_name', 'another-bucket');
  const sick = await run('doctor');
  expect(sick.code).toBe(3);
  expect(sick.lines.join('\n')).toMatch(/LOOK +raw storage[^]*raw storage:\n {2}Compare ow\.s3/);
  await run('settings', 'unset', 'ow.ingest_mode');
});

it('doctor finds a missing search attribute, and says with which command it is added', async () => {
  const temporal = await connectTemporal(world.config);
  const { operatorService } = temporal.client.connection;
  await operatorService.removeSearchAttributes({ namespace: 'default', searchAttributes: ['StudyRef'] });
  await temporal.close();
  const sick = await run('doctor');
  expect(sick.code).toBe(3);
  expect(sick.lines.join('\n')).toMatch(
    /LOOK +search attributes +are missing[^]*search attributes:\n {2}Start a worker.*create --namespace default --name StudyRef --type KeywordList/,
  );
  const added = await connectTemporal(world.config);
  await added.close();
  expect((await run('doctor')).code).toBe(0);
});

it('doctor says what is wrong with the configuration, the database and Temporal, and how to mend each', async () => {
  const { environment } = world;
  const changed = (changes: Record<string, string>) =>
    command({ environment: { ...environment, ...changes } }, 'doctor', '--json');
  const parts = async (changes: Record<string, string>) => {
    const { lines, code } = await changed(changes);
    const { findings } = JSON.parse(lines.join('\n')) as {
      findings: { part: string; ok: boolean; next: string | null }[];
    };
    expect(code).toBe(3);
    return findings.filter(({ ok, next }) => !ok && next !== null).map(({ part }) => part);
  };
  expect(await parts({ SECRET_KEY: 'short' })).toEqual(['configuration']);
  expect(await parts({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' })).toEqual(['database']);
  expect(await parts({ TEMPORAL_ADDRESS: '127.0.0.1:1' })).toEqual(['Temporal']);
});

it('a process with another SECRET_KEY does not start, and doctor says how to go on', async () => {
  await world.app.settings.write('ow.api_key', 'sk-planted', null);
  const other = { environment: { ...world.environment, SECRET_KEY: 'another key, of the same length..' } };
  for (const part of ['api', 'worker', 'serve']) {
    const refused = await command(other, part);
    expect(refused.code).toBe(1);
    expect(refused.errors).toMatch(/SECRET_KEY is not the key that the setting ow\.api_key/);
  }
  const told = (await command(other, 'doctor')).lines.join('\n');
  expect(told).toMatch(/LOOK +secrets[^]*secrets:\n {2}SECRET_KEY is not the key[^]*secrets rotate/);
  await world.app.settings.unset('ow.api_key');
});
