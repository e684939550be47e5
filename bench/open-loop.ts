import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks at a fixed rate, however slow the answers are, until it is over. Answers how long each took from the moment at
 * which it was to be asked: a wait in the queue of who asks counts as one.
 */
export async function openLoop<Kind extends string>(
  kinds: readonly Kind[],
  perSecond: number,
  ask: (kind: Kind, number: number) => Promise<unknown>,
  isOver: (milliseconds: number) => boolean,
): Promise<ReadonlyMap<Kind, readonly number[]>> {
  const times = new Map<Kind, number[]>(kinds.map((kind) => [kind, []]));
  const asked: Promise<unknown>[] = [];
  const begin = performance.now();
  for (let number = 0; ; number += 1) {
    const intended = (number * 1000) / perSecond;
    const early = begin + intended - performance.now();
    if (early > 0) await pause(early);
    if (isOver(intended)) break;
    const kind = kinds[number % kinds.length];
    if (kind === undefined) break;
    asked.push(
      ask(kind, Math.floor(number / kinds.length)).then(() =>
        times.get(kind)?.push(performance.now() - begin - intended),
      ),
    );
  }
  await Promise.all(asked);
  return times;
}
