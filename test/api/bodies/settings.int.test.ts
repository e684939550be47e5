import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { until } from '../../../dev/journey/until.js';
import { resting } from '../../helpers/operator.js';
import { startTestWorld, type TestWorld } from '../../helpers/test-world.js';
import { Caller } from '../caller.js';

let world: TestWorld;
let admin: Caller;
beforeAll(async () => {
  world = await resting(await startTestWorld());
  admin = await Caller.of(world, 'admin@example.com');
});
afterAll(async () => {
  await world.close();
});

const SETTINGS = '/api/v1/jhe_settings';
const list = z.object({
  count: z.int(),
  results: z.array(
    z.object({ id: z.int(), key: z.string(), valueType: z.string(), resolvedValue: z.unknown() }),
  ),
});

async function named(key: string) {
  const { count, results } = list.parse((await admin.get(SETTINGS)).body);
  expect(results).toHaveLength(count);
  const found = results.find((each) => each.key === key);
  if (found === undefined) throw new Error(`there is no setting ${key}`);
  return found;
}

it('what the original keeps as settings and we know otherwise is read as one, and not written', async () => {
  expect(await named('site.url')).toMatchObject({
    valueType: 'string',
    resolvedValue: world.config.SITE_URL,
  });
  for (const key of ['site.url', 'ow.sync_in_progress']) {
    const { id } = await named(key);
    expect(await admin.get(`${SETTINGS}/${id}`)).toMatchObject({ status: 200, body: { id, key } });
    for (const [method, path, body] of [
      ['POST', SETTINGS, { key, value: 'x' }],
      ['PUT', `${SETTINGS}/${id}`, { value: 'x' }],
      ['PATCH', `${SETTINGS}/${id}`, { value: 'x' }],
      ['DELETE', `${SETTINGS}/${id}`, undefined],
    ] as const) {
      expect(await admin.send(method, path, body), `${method} ${key}`).toMatchObject({
        ...{ status: 400, body: { key: ['This setting is read, not written.'] } },
      });
    }
  }
});

it('ow.sync_in_progress is the time at which the running poll began, and empty when none runs', async () => {
  const { orchestration } = world.app;
  expect((await named('ow.sync_in_progress')).resolvedValue).toBe('');
  const users = { method: 'GET', path: /^\/api\/v1\/users$/ };
  world.sandbox.control.faults.failNext(users, { status: 500, delayMs: 12_000 }, 4);
  await until('no other poll runs', () => orchestration.triggerPoll());
  const since = await until('the poll runs', () => orchestration.pollRunningSince());
  expect((await named('ow.sync_in_progress')).resolvedValue).toBe(since.toISOString());
  world.sandbox.control.faults.clear();
}, 60_000);

it('a setting is set, changed and left to its default, as the original’s client does', async () => {
  const made = await admin.post(SETTINGS, { key: 'ow.lookback_hours', value_type: 'int', value: '5' });
  expect(made).toMatchObject({
    status: 201,
    body: { key: 'ow.lookback_hours', valueType: 'int', resolvedValue: 5 },
  });
  const { id } = await named('ow.lookback_hours');
  expect(await admin.post(SETTINGS, { key: 'ow.lookback_hours', value: 6 })).toMatchObject({
    ...{
      status: 400,
      body: { key: ['jhe setting with this key already exists.'], detail: expect.any(String) as string },
    },
  });
  expect(await admin.send('PATCH', `${SETTINGS}/${id}`, { value: 6 })).toMatchObject({
    ...{ status: 200, body: { id, resolvedValue: 6 } },
  });
  for (const [body, field] of [
    [{ value: 'x' }, 'value'],
    [{ valueType: 'nope', value: '5' }, 'valueType'],
    [{ valueType: 'bool', value: '5' }, 'valueType'],
    [{}, 'value'],
  ] as const) {
    const refused = await admin.send('PUT', `${SETTINGS}/${id}`, body);
    expect(refused, JSON.stringify(body)).toMatchObject({
      ...{ status: 400, body: { [field]: [expect.any(String)], detail: expect.any(String) as string } },
    });
  }
  expect((await admin.send('DELETE', `${SETTINGS}/${id}`)).status).toBe(204);
  expect((await named('ow.lookback_hours')).resolvedValue).toBe(24);
});

it('a secret is set and never told', async () => {
  const secret = 'sk-this-is-not-told';
  const { id } = await named('ow.s3.secret_access_key');
  expect(await admin.send('PATCH', `${SETTINGS}/${id}`, { value: secret })).toMatchObject({
    ...{ status: 200, body: { resolvedValue: null } },
  });
  expect(JSON.stringify((await admin.get(SETTINGS)).body)).not.toContain(secret);
});
