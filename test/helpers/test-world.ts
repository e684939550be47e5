import { inject } from 'vitest';
import type { Sandbox } from '../../dev/open-wearables/sandbox.js';
import { freePort } from '../../dev/servers/ports.js';
import { startWorld, type World } from '../../dev/world.js';
import { createLogger } from '../../src/logger.js';
import { emptyDatabase } from './database.js';

export type TestWorld = World & { readonly sandbox: Sandbox; readonly logLines: readonly string[] };

/** The embedded world on free ports, with a database and a Temporal server of this file's own. */
export async function startTestWorld(): Promise<TestWorld> {
  const database = await emptyDatabase();
  const logLines: string[] = [];
  const logger = createLogger({ level: 'debug', destination: { write: (line) => void logLines.push(line) } });
  const [web, openWearables, temporal] = [await freePort(), await freePort(), await freePort()];
  const world = await startWorld({
    ports: { web, openWearables, temporal, temporalUi: null },
    say: () => undefined,
    logger,
    environment: { DATABASE_URL: database.url },
    bundle: { code: inject('workflowBundle'), sourceMap: '' },
  });
  const { sandbox } = world;
  if (sandbox === undefined) throw new Error('the test world needs its sandbox');
  return {
    ...world,
    sandbox,
    logLines,
    async close() {
      await world.close();
      await database.drop();
    },
  };
}
