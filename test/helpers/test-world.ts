import { inject } from 'vitest';
import type { MailCatcher } from '../../dev/servers/mail.js';
import type { Sandbox } from '../../dev/open-wearables/sandbox.js';
import { freePort } from '../../dev/servers/ports.js';
import { startWorld, type World } from '../../dev/world.js';
import type { Environment } from '../../src/config.js';
import { createLogger } from '../../src/logger.js';
import { emptyDatabase } from './database.js';

export type TestWorld = World & {
  readonly sandbox: Sandbox;
  readonly mail: MailCatcher;
  readonly logLines: readonly string[];
};

/** The embedded world on free ports, with a database and a Temporal server of this file's own, and more environment. */
export async function startTestWorld(environment: Environment = {}): Promise<TestWorld> {
  const database = await emptyDatabase();
  const logLines: string[] = [];
  const logger = createLogger({ level: 'debug', destination: { write: (line) => void logLines.push(line) } });
  const [web, openWearables, temporal] = [await freePort(), await freePort(), await freePort()];
  const world = await startWorld({
    ports: { web, openWearables, temporal, temporalUi: null, mail: null },
    say: () => undefined,
    logger,
    // All of a test comes from one machine.
    environment: { DATABASE_URL: database.url, RATE_LIMIT_FACTOR: '1000', ...environment },
    bundle: { code: inject('workflowBundle'), sourceMap: '' },
  });
  const { sandbox, mail } = world;
  if (sandbox === undefined || mail === undefined) throw new Error('the test world needs all of its parts');
  return {
    ...world,
    sandbox,
    mail,
    logLines,
    async close() {
      await world.close();
      await database.drop();
    },
  };
}
