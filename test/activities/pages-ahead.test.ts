import { setImmediate as turn } from 'node:timers/promises';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { expect, it } from 'vitest';
import { pagesAhead, type Paged } from '../../src/activities/pages-ahead.js';

const inActivity = () => new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });

/** Five pages, `null` to `4`, that tell who asked for them and whose request was cancelled. */
function shelf(answer: (cursor: string | null) => Promise<unknown> = () => Promise.resolve()) {
  const asked: (string | null)[] = [];
  const open = new Set<string | null>();
  return {
    ...{ asked, open },
    fetch: async (cursor: string | null, signal: AbortSignal): Promise<Paged> => {
      asked.push(cursor);
      open.add(cursor);
      const cancelled = new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('cancelled'));
        });
      });
      await Promise.race([answer(cursor), cancelled]).finally(() => open.delete(cursor));
      const number = Number(cursor ?? 0) + 1;
      return { cursor, next: number < 5 ? String(number) : null };
    },
  };
}

it('while a page is worked on the next one is asked for, and none beyond it', async () => {
  const { fetch, asked } = shelf();
  const seen: (readonly (string | null)[])[] = [];
  await inActivity().run(async () => {
    for await (const page of pagesAhead(fetch, null)) {
      for (let turns = 0; turns < 5; turns += 1) await turn();
      seen.push([page.cursor, ...asked.slice(-1)]);
    }
  });
  expect(asked).toEqual([null, '1', '2', '3', '4']);
  expect(seen).toEqual([
    [null, '1'],
    ['1', '2'],
    ['2', '3'],
    ['3', '4'],
    ['4', '4'],
  ]);
});

it('whoever stops early leaves no request open', async () => {
  const never = new Promise(() => undefined);
  const { fetch, asked, open } = shelf((cursor) => (cursor === '1' ? never : Promise.resolve()));
  await inActivity().run(async () => {
    for await (const page of pagesAhead(fetch, null)) {
      expect([page.cursor, [...open]]).toEqual([null, ['1']]);
      break;
    }
  });
  expect([asked, [...open]]).toEqual([[null, '1'], []]);
});

it('work that fails leaves no request open, and its own failure is told', async () => {
  const never = new Promise(() => undefined);
  const { fetch, open } = shelf((cursor) => (cursor === '1' ? never : Promise.resolve()));
  const work = inActivity().run(async () => {
    for await (const page of pagesAhead(fetch, null)) throw new Error(`not stored: ${page.next ?? ''}`);
  });
  await expect(work).rejects.toThrow('not stored: 1');
  expect([...open]).toEqual([]);
});

it('a page that cannot be had is told at its turn: the work on the page before it ends first', async () => {
  const { fetch } = shelf((cursor) =>
    cursor === '2' ? Promise.reject(new Error('gone')) : Promise.resolve(),
  );
  const done: (string | null)[] = [];
  const work = inActivity().run(async () => {
    for await (const page of pagesAhead(fetch, null)) {
      await turn();
      done.push(page.cursor);
    }
  });
  await expect(work).rejects.toThrow('gone');
  expect(done).toEqual([null, '1']);
});

it('a cancelled activity cancels the request that is on its way', async () => {
  const environment = inActivity();
  const { fetch, open } = shelf((cursor) => {
    if (cursor !== '1') return Promise.resolve();
    environment.cancel();
    return new Promise(() => undefined);
  });
  const work = environment.run(async () => {
    for await (const page of pagesAhead(fetch, null)) expect(page.cursor).toBeNull();
  });
  await expect(work).rejects.toThrow('cancelled');
  expect([...open]).toEqual([]);
});

it('pages that go round in a circle end with a name, after each was worked on once', async () => {
  const circle: Readonly<Record<string, string>> = { null: 'a', a: 'b', b: 'a' };
  const done: (string | null)[] = [];
  const work = inActivity().run(async () => {
    const fetch = (cursor: string | null) =>
      Promise.resolve({ cursor, next: circle[String(cursor)] ?? null });
    for await (const page of pagesAhead(fetch, null)) done.push(page.cursor);
  });
  await expect(work).rejects.toMatchObject({ name: 'LoopingCursor' });
  expect(done).toEqual([null, 'a', 'b']);
});
