import { inject } from 'vitest';
import { freePort } from '../../dev/servers/ports.js';
import { startTemporal } from '../../dev/servers/temporal.js';
import { openApp, type App } from '../../src/app.js';
import { loadConfig, type Environment } from '../../src/config.js';
import { createLogger } from '../../src/logger.js';
import type { ReconcileResult } from '../../src/workflows/contract.js';
import type { TestWorld } from '../helpers/test-world.js';

export interface Service {
  readonly app: App;
  readonly url: string;
  stop(): Promise<void>;
}

/** The service of a world, anew: over another database, with an empty Temporal. */
export async function startService(
  { environment }: TestWorld,
  databaseUrl: string,
  changes: Environment = {},
): Promise<Service> {
  const temporal = await startTemporal({ port: await freePort(), uiPort: null, say: () => undefined });
  const elsewhere = { DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: temporal.address };
  const config = loadConfig({ ...environment, ...elsewhere, PORT: String(await freePort()), ...changes });
  const app = await openApp(config, createLogger({ level: 'silent' }));
  const close = async () => {
    await app.close();
    await temporal.stop();
  };
  try {
    const worker = await app.startWorker({ code: inject('workflowBundle'), sourceMap: '' });
    const http = await app.startHttp();
    return {
      ...{ app, url: http.url },
      async stop() {
        await http.stop();
        await worker.stop();
        await close();
      },
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

/** Compares everybody with Open Wearables, and waits for the end. */
export async function reconcileNow({ orchestration }: App): Promise<ReconcileResult> {
  return orchestration.reconcileResult(await orchestration.startReconcile({}));
}
