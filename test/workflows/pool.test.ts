import { expect, it } from 'vitest';
import { inPool } from '../../src/workflows/pool.js';
import { gate } from './gate.js';

it('never more than the size of the pool runs at once, and every item has its turn', async () => {
  const done: number[] = [];
  let [running, most] = [0, 0];
  await inPool([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
    done.push(item);
  });
  expect(most).toBe(3);
  expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

it('a failing item leaves no slot behind: what runs may end, nothing new begins, and the failure is told', async () => {
  const [slow, begun, ended] = [gate(), new Array<number>(), new Array<number>()];
  const pool = inPool([1, 2, 3, 4], 2, async (item) => {
    begun.push(item);
    if (item === 2) throw new Error('the second fails');
    await slow.opened;
    ended.push(item);
  });
  let settled = false;
  const outcome = pool.then(
    () => 'all well',
    (thrown: unknown) => {
      settled = true;
      return String(thrown);
    },
  );
  await Promise.resolve();
  expect(settled).toBe(false);
  slow.open();
  expect(await outcome).toBe('Error: the second fails');
  expect({ begun, ended }).toEqual({ begun: [1, 2], ended: [1] });
});

it('the first of several failures is the one that is told', async () => {
  const pool = inPool([1, 2], 2, (item) => Promise.reject(new Error(`item ${item}`)));
  await expect(pool).rejects.toThrow('item 1');
});

it('nothing to do is done at once', async () => {
  await expect(inPool([], 5, () => Promise.reject(new Error('never called')))).resolves.toBeUndefined();
});
