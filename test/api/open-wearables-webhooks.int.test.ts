import { Client, Connection } from '@temporalio/client';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { svixHeaders } from '../../dev/open-wearables/webhooks.js';
import { createServer } from '../../src/server.js';
import { createOrchestration } from '../../src/temporal/orchestration.js';
import { agreedPatient, type TestPatient } from '../helpers/connected-patient.js';
import { resting } from '../helpers/operator.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { addressOf, eventOf, newSecret, post, SECRET, send } from '../helpers/webhooks.js';

vi.setConfig({ testTimeout: 60_000 });

let world: TestWorld;
let patient: TestPatient;
beforeAll(async () => {
  world = await resting(await startTestWorld());
  patient = await agreedPatient({ ...world.app, sandbox: world.sandbox });
  // Whether a nudge starts a read is told elsewhere: here nothing reads, so that marks stay where they are.
  await world.app.settings.write('module.ow', 'false', null);
  await world.app.settings.write('ow.webhook_secret', SECRET, null);
});
afterEach(async () => {
  await world.app.sql`truncate due_patients, nudges, webhook_messages`;
});
afterAll(async () => {
  await world.close();
});

const event = () => eventOf(patient.owUserId);
const due = async () => {
  const rows = await world.app.sql<{ id: number }[]>`select patient_id as id from due_patients`;
  return rows.map(({ id }) => id);
};

describe('a signed event', () => {
  it('makes its patient due and is answered with 204 and nothing more', async () => {
    const answer = await send(world, { body: event() });
    expect([answer.status, await answer.text()]).toEqual([204, '']);
    expect(await due()).toEqual([patient.id]);
  });

  it('is known by the header names of Standard Webhooks too', async () => {
    const svix = Object.entries(svixHeaders(SECRET, 'msg_1', event()));
    const standard = Object.fromEntries(
      svix.map(([name, value]) => [name.replace('svix', 'webhook'), value]),
    );
    expect((await post(world, event(), standard)).status).toBe(204);
    expect(await due()).toEqual([patient.id]);
  });

  it('may bear the signatures of an old and a new secret, as while secrets change', async () => {
    const [old, current] = [
      svixHeaders(newSecret(), 'msg_1', event()),
      svixHeaders(SECRET, 'msg_1', event()),
    ];
    const both = `${old['svix-signature']} ${current['svix-signature']}`;
    expect((await post(world, event(), { ...current, 'svix-signature': both })).status).toBe(204);
  });

  it('that comes again does nothing again', async () => {
    expect((await send(world, { id: 'msg_1', body: event() })).status).toBe(204);
    await world.app.sql`delete from due_patients`;
    expect((await send(world, { id: 'msg_1', body: event() })).status).toBe(204);
    expect(await due()).toEqual([]);
    expect((await send(world, { id: 'msg_2', body: event() })).status).toBe(204);
    expect(await due()).toEqual([patient.id]);
  });

  it('that comes many times at once is one event', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => send(world, { id: 'msg_1', body: event() })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
    expect(await world.app.sql`select id from webhook_messages`).toHaveLength(1);
  });

  it.each(['connection.created', 'connection.revoked', 'sync.completed', 'series.steps.created'])(
    '%s makes its patient due',
    async (type) => {
      expect((await send(world, { body: eventOf(patient.owUserId, type) })).status).toBe(204);
      expect(await due()).toEqual([patient.id]);
    },
  );

  it('about a user nobody here has, about nobody, or about a sync that only starts is nothing', async () => {
    const bodies = [eventOf('7f1c2b1e-6d3f-4a0e-9a57-0d8f4c6f2b11'), eventOf('nobody'), '{}', 'not JSON', ''];
    for (const body of [...bodies, eventOf(patient.owUserId, 'sync.started')])
      expect((await send(world, { body })).status, body).toBe(204);
    expect(await due()).toEqual([]);
  });

  it('may be larger than what others may send, but not without end', async () => {
    const padded = (bytes: number) => `${event()}${' '.repeat(bytes)}`;
    expect((await send(world, { body: padded(3_000_000) })).status).toBe(204);
    expect((await send(world, { body: padded(5_000_000) })).status).toBe(413);
  });

  it('waits for no Temporal: the patient is due, the next poll reads', async () => {
    const connection = Connection.lazy({ address: '127.0.0.1:1' });
    const orchestration = createOrchestration(new Client({ connection }), 'unused');
    await world.app.settings.write('module.ow', 'true', null);
    const server = createServer({ ...world.app, orchestration });
    const begun = performance.now();
    const headers = svixHeaders(SECRET, 'msg_1', event());
    const answer = await server.request(addressOf(world), { method: 'POST', headers, body: event() });
    await world.app.settings.write('module.ow', 'false', null);
    await connection.close();
    expect(answer.status).toBe(204);
    expect(performance.now() - begun).toBeLessThan(8_000);
    expect(await due()).toEqual([patient.id]);
  });
});

describe('a message is refused, and nothing happens,', () => {
  const minutesFromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000);
  const good = () => svixHeaders(SECRET, 'msg_1', event());
  const without = (name: string) =>
    Object.fromEntries(Object.entries(good()).filter(([header]) => header !== name));

  it.each([
    ['signed with another secret', () => send(world, { body: event(), secret: newSecret() })],
    ['signed six minutes ago', () => send(world, { body: event(), at: minutesFromNow(-6) })],
    ['signed six minutes ahead', () => send(world, { body: event(), at: minutesFromNow(6) })],
    ['changed afterwards', () => post(world, `${event()} `, good())],
    ['under another id', () => post(world, event(), { ...good(), 'svix-id': 'msg_2' })],
    ['at another time', () => post(world, event(), { ...good(), 'svix-timestamp': '1795304343' })],
    ['without an id', () => post(world, event(), without('svix-id'))],
    ['without a time', () => post(world, event(), without('svix-timestamp'))],
    ['without a signature', () => post(world, event(), without('svix-signature'))],
    ['with a broken signature', () => post(world, event(), { ...good(), 'svix-signature': 'v1' })],
    ['without any header', () => post(world, event(), {})],
  ])('%s', async (_name, sent) => {
    const answer = await sent();
    expect([answer.status, await answer.json()]).toEqual([401, { detail: 'The signature does not hold.' }]);
    expect(await due()).toEqual([]);
    expect(await world.app.sql`select id from webhook_messages`).toEqual([]);
  });

  it('while no secret is set, and the answer says so', async () => {
    await world.app.settings.unset('ow.webhook_secret');
    const answer = await send(world, { body: event() });
    await world.app.settings.write('ow.webhook_secret', SECRET, null);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({
      detail: 'Webhooks are not set up: the setting ow.webhook_secret is empty.',
    });
    expect(await due()).toEqual([]);
  });
});

it('a message is remembered for a day', async () => {
  const { sql } = world.app;
  await sql`
    insert into webhook_messages (id, received_at)
    values ('msg_old', now() - interval '25 hours'), ('msg_young', now() - interval '23 hours')`;
  await send(world, { id: 'msg_1', body: event() });
  const kept = await sql<{ id: string }[]>`select id from webhook_messages order by id`;
  expect(kept.map(({ id }) => id)).toEqual(['msg_1', 'msg_young']);
});

it('the secret is a whole one or none', async () => {
  await expect(world.app.settings.write('ow.webhook_secret', 'whsec_', null)).rejects.toThrow('whsec_...');
  await expect(world.app.settings.write('ow.webhook_secret', 'a secret', null)).rejects.toThrow('whsec_...');
});
