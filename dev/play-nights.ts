import { connectTemporal } from '../src/temporal/connection.js';
import { until } from './journey/until.js';
import type { Sandbox } from './open-wearables/sandbox.js';
import type { World } from './world.js';

/** What runs by itself at night, for the recorder of histories. */
export async function playNights(world: World, sandbox: Sandbox): Promise<void> {
  await playHealing(world);
  await playReconciling(world, sandbox);
}

async function playHealing({ app: { oversight, settings }, config }: World): Promise<void> {
  await settings.write('ow.heal_days', '1', null);
  await oversight.trigger('heal');
  const temporal = await connectTemporal(config);
  const ended = async () =>
    (await temporal.client.workflow.count("WorkflowType = 'heal' and ExecutionStatus = 'Completed'")).count >
    0;
  await until('the night is over', ended, 120_000).finally(() => temporal.close());
}

async function playReconciling({ app: { orchestration, settings } }: World, sandbox: Sandbox): Promise<void> {
  const reconcile = async () =>
    orchestration.reconcileResult(await orchestration.startReconcile({ days: 3 }));
  await reconcile();
  sandbox.control.faults.failNext({ path: /timeseries/ }, { status: 404 });
  await reconcile();
  sandbox.control.faults.failNext(
    { path: /./ },
    { status: 401, body: '{"detail":"Invalid or missing API key"}' },
  );
  await reconcile();
  sandbox.control.faults.clear();
  await settings.write('ow.ingest_mode', 'raw', null);
  await reconcile();
  await settings.unset('ow.ingest_mode');
}
