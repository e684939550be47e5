import postgres from 'postgres';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type ApiProcess, startApiProcess } from '../../dev/api-process.js';
import { until } from '../../dev/journey/until.js';
import { resting } from '../helpers/operator.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { follow } from '../web/event-stream.js';
import { redeemedPatient } from '../web/stages.js';

// Each test starts a process of the service.
vi.setConfig({ testTimeout: 120_000 });

let world: TestWorld;
let other: postgres.Sql;
beforeAll(async () => {
  world = await resting(await startTestWorld());
  other = postgres(world.config.DATABASE_URL, { max: 2, onnotice: () => undefined });
});
afterAll(async () => {
  await other.end({ timeout: 5 });
  await world.close();
});

/** The answer of a page that waits for the lock on a table until `meanwhile` is over. */
async function heldUp(address: string, table: string, meanwhile: () => Promise<void>): Promise<Response> {
  const holder = await other.reserve();
  try {
    await holder`begin`;
    await holder`lock table ${holder(table)} in access exclusive mode`;
    const answer = fetch(address, { headers: { cookie: `session=${'A'.repeat(43)}` }, redirect: 'manual' });
    await until('the request waits', async () => {
      const [waiting] = await other`
        select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like ${`%${table}%`}`;
      return waiting !== undefined;
    });
    await meanwhile();
    await holder`rollback`;
    return await answer;
  } finally {
    holder.release();
  }
}

const readiness = async ({ url }: ApiProcess) => {
  const answer = await fetch(`${url}/ready`);
  return [answer.status, await answer.json()] as const;
};
const isRefused = async ({ url }: ApiProcess) =>
  fetch(`${url}/health`).then(
    () => false,
    () => true,
  );

it('told to stop, it is not ready at once, still answers for a while, and then exits 0', async () => {
  const api = await startApiProcess(world, { STOP_DELAY_SECONDS: '3' });
  expect(await readiness(api)).toMatchObject([200, { ready: true, process: 'running' }]);
  api.tellToStop();
  await until('it says so', async () => (await readiness(api))[0] === 503);
  expect(await readiness(api)).toMatchObject([503, { ready: false, process: 'stopping' }]);
  const late = await fetch(`${api.url}/health`);
  expect([late.status, late.headers.get('connection')]).toEqual([200, 'close']);
  expect(await api.gone).toBe(0);
  expect(await isRefused(api)).toBe(true);
});

it('a request that runs is answered whole, while none is taken any more', async () => {
  const api = await startApiProcess(world);
  const answer = await heldUp(`${api.url}/ow/manage`, 'sessions', async () => {
    api.tellToStop();
    await until('nothing new is taken', () => isRefused(api));
  });
  expect(await answer.text()).toContain('</html>');
  const answered = performance.now();
  expect(await api.gone).toBe(0);
  // Less than connections are kept alive for.
  expect(performance.now() - answered).toBeLessThan(5_000);
});

it('a log that is followed does not hold it up, and is not said to be over', async () => {
  const stage = await redeemedPatient(world);
  const api = await startApiProcess(world);
  const followed = await follow(stage.visitor, `${api.url}/ow/log`);
  await until('the first lines came', () => Promise.resolve(followed.lines.length >= 2));
  const told = performance.now();
  api.tellToStop();
  expect(await api.gone).toBe(0);
  expect(performance.now() - told).toBeLessThan(6_000);
  // Nothing said that the log is over: the browser comes back, to a process that answers.
  expect(followed.isEnded).toBe(false);
});
