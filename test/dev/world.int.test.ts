import { expect, inject, it } from 'vitest';
import { startSandbox } from '../../dev/open-wearables/sandbox.js';
import { freePort } from '../../dev/servers/ports.js';
import { startWorld } from '../../dev/world.js';
import { createLogger } from '../../src/logger.js';
import { emptyDatabase } from '../helpers/database.js';

it('with the address and key of an Open Wearables, the world uses that one instead of the sandbox', async () => {
  const database = await emptyDatabase();
  const elsewhere = await startSandbox();
  const world = await startWorld({
    ports: {
      web: await freePort(),
      openWearables: await freePort(),
      temporal: await freePort(),
      temporalUi: null,
      mail: null,
    },
    say: () => undefined,
    logger: createLogger({ level: 'silent' }),
    environment: { DATABASE_URL: database.url, OW_API_URL: elsewhere.url, OW_API_KEY: elsewhere.apiKey },
    bundle: { code: inject('workflowBundle'), sourceMap: '' },
  });
  try {
    expect(world.sandbox).toBeUndefined();
    await (await world.app.openWearables()).probe();
    expect(elsewhere.control.requests.some(({ path }) => path === '/api/v1/users')).toBe(true);
  } finally {
    await world.close();
    await elsewhere.close();
    await database.drop();
  }
});
