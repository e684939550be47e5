import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { command } from '../helpers/command.js';
import { agreedPatient, connectedPatient } from '../helpers/connected-patient.js';
import { resting } from '../helpers/operator.js';
import { heartRates, hoursAgo } from '../helpers/samples.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';

let world: TestWorld;
beforeAll(async () => {
  world = await resting(await startTestWorld());
});
afterAll(async () => {
  await world.close();
});

it('a poll of the operator says what it created and lists who was not read, and why', async () => {
  const place = { sql: world.app.sql, openWearables: world.app.openWearables, sandbox: world.sandbox };
  const read = await agreedPatient(place, 1);
  const unanswered = await connectedPatient(place, 2);
  const revoked = await agreedPatient(place, 3);
  world.sandbox.control.addSamples(read.owUserId, heartRates(hoursAgo(2), 12));
  world.sandbox.control.setConnection(revoked.owUserId, 'oura', { status: 'revoked' });

  const poll = await command(world, 'poll');
  expect(poll.errors).toBe('');
  expect(poll.lines).toEqual([
    'OW poll complete (mode=normalized). Created 12 observations.',
    `  patient ${unanswered.id}  not consented`,
    `  patient ${revoked.id}  not connected`,
  ]);
  expect(poll.code).toBe(0);
}, 60_000);

it('a poll while one runs is skipped, and says since when that one runs', async () => {
  const { orchestration } = world.app;
  const users = { method: 'GET', path: /^\/api\/v1\/users$/ };
  // Held in its first step, again and again, until the commands are done.
  world.sandbox.control.faults.failNext(users, { status: 500, delayMs: 12_000 }, 4);
  const running = await until('no other poll runs', () => orchestration.triggerPoll());
  const since = await until('the poll runs', () => orchestration.pollRunningSince());
  const [skipped, setting] = await Promise.all([
    command(world, 'poll'),
    command(world, 'settings', 'get', 'ow.sync_in_progress'),
  ]);
  world.sandbox.control.faults.clear();

  expect(skipped.lines).toEqual([`ow_poll skipped: ow.sync_in_progress since ${since.toISOString()}`]);
  expect(skipped.code).toBe(3);
  expect(setting.lines).toEqual([since.toISOString()]);
  const { message } = await orchestration.pollResult(running);
  expect(message).toBe('OW poll complete (mode=normalized). Created 0 observations.');
  expect((await command(world, 'settings', 'get', 'ow.sync_in_progress')).lines).toEqual(['']);
}, 150_000);
