import type { Config } from '../../src/config.js';
import { connectTemporal } from '../../src/temporal/connection.js';
import { schedules } from '../../src/temporal/oversight.js';
import { textsOf } from '../temporal/texts.js';

/** Everything readable of every workflow and schedule: histories, memos, search attributes, details, heartbeats. */
export async function historiesOf(config: Config): Promise<string[]> {
  const temporal = await connectTemporal(config);
  const { workflow, schedule } = temporal.client;
  const texts: string[] = [];
  for await (const execution of workflow.list()) {
    const handle = workflow.getHandle(execution.workflowId, execution.runId);
    const { raw } = await handle.describe();
    texts.push(...textsOf({ execution, raw, history: await handle.fetchHistory() }));
  }
  for (const id of Object.values(schedules))
    texts.push(...textsOf((await schedule.getHandle(id).describe()).raw));
  await temporal.close();
  return texts;
}
