import type { Piece } from './rounds.js';
import type { BenchWorld } from './world.js';

const NAME = 'second worker';

/**
 * Work with one more worker beside the one that runs, counted among `pids`. It is begun and warmed up before each round and
 * ends after it, since a worker that only waits would take its part of what is measured of one.
 */
export function withSecondWorker(
  { startWorker }: Pick<BenchWorld, 'startWorker'>,
  pids: Record<string, number>,
  { ready, work, check }: Piece,
): Piece {
  let stop = () => Promise.resolve<unknown>(undefined);
  return {
    async ready() {
      const second = await startWorker();
      stop = () => second.stop();
      await ready?.();
      await work();
      await ready?.();
      pids[NAME] = second.pid;
    },
    work,
    async check() {
      Reflect.deleteProperty(pids, NAME);
      await stop();
      await check?.();
    },
  };
}
