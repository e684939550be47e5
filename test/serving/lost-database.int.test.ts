import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { STUDY } from '../../dev/journey/stage.js';
import { until } from '../../dev/journey/until.js';
import { SEED_PASSWORD } from '../../src/db/seed/world.js';
import { Caller } from '../api/caller.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { RawBrowser } from '../web/raw-browser.js';

let world: TestWorld;
let other: postgres.Sql;
let manager: RawBrowser;
let caller: Caller;
beforeAll(async () => {
  world = await startTestWorld();
  other = postgres(world.config.DATABASE_URL, { max: 2, onnotice: () => undefined });
  manager = await RawBrowser.signIn(world, 'manager_mary@example.com', SEED_PASSWORD);
  caller = await Caller.of(world, 'manager_mary@example.com');
});
afterAll(async () => {
  await other.end({ timeout: 5 });
  await world.close();
});

/** Ends what waits for a table, so many times; answers what the request said when the table is free. */
async function interrupted<Answer>(
  { lock, times }: { lock: 'access exclusive' | 'share'; times: number },
  ask: () => Promise<Answer>,
): Promise<Answer> {
  const holder = await other.reserve();
  try {
    await holder`begin`;
    await holder.unsafe(`lock table studies in ${lock} mode`);
    const answer = ask();
    const ended: number[] = [];
    for (let time = 0; time < times; time += 1)
      await until('a statement waits, and its connection is ended', async () => {
        const waiting = await other<{ pid: number }[]>`
          select pid, pg_terminate_backend(pid) from pg_stat_activity
          where pid in (select pid from pg_locks where relation = 'studies'::regclass and not granted)
            and pid <> all(${ended})`;
        ended.push(...waiting.map(({ pid }) => pid));
        return waiting.length > 0;
      });
    await holder`commit`;
    return await answer;
  } finally {
    await holder`rollback`;
    holder.release();
  }
}

const logged = (event: string) => world.logLines.filter((line) => line.includes(`"event":"${event}"`)).length;

it('a page and an API read that meet a connection which just ended answer all the same', async () => {
  const page = await interrupted({ lock: 'access exclusive', times: 1 }, () => manager.get('/admin/studies'));
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('Lifespan Study');
  expect(page.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  const list = await interrupted({ lock: 'access exclusive', times: 1 }, () => caller.get('/api/v1/studies'));
  expect(list.status).toBe(200);
  expect(logged('database connection lost')).toBe(2);
  expect(logged('unexpected error')).toBe(0);
});

it('a read that meets two of them fails, and is not asked for again and again', async () => {
  const page = await interrupted({ lock: 'access exclusive', times: 2 }, () => manager.get('/admin/studies'));
  expect(page.status).toBe(500);
});

it('what changes anything is never done twice', async () => {
  const before = await other`select count(*)::int as count from studies`;
  const answer = await interrupted({ lock: 'share', times: 1 }, () =>
    caller.post('/api/v1/studies', {
      name: 'Twice',
      description: 'Once',
      organization: STUDY.organizationId,
    }),
  );
  expect(answer.status).toBe(500);
  expect(await other`select count(*)::int as count from studies`).toEqual(before);
});
