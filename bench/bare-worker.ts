import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { BenchWorld } from './world.js';

/** The task queue of a worker whose activities do nothing. */
export const BARE_QUEUE = 'bare';

/** Such a worker in a process of its own; so many patients are due in its polls. */
export async function startBareWorker({ app }: Pick<BenchWorld, 'app'>, patients: number) {
  const child = fork(
    fileURLToPath(new URL('./bare-worker-process.ts', import.meta.url)),
    [app.config.TEMPORAL_ADDRESS, BARE_QUEUE, String(patients)],
    { execArgv: ['--import', 'tsx'] },
  );
  await once(child, 'message');
  return {
    pid: child.pid ?? 0,
    async stop() {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}
