import type { Client } from '@temporalio/client';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import type { Config } from '../config.js';
import * as workflows from '../workflows/index.js';
import { dataConverterOf } from './payload-codec.js';
import { type Bundle, workflowSource } from './worker.js';

/** A run that this version's code has gone through again. */
export interface ReplayedRun {
  readonly type: string;
  readonly workflowId: string;
  readonly runId: string;
  /** Where it would do otherwise than it did; null: nowhere. */
  readonly differs: string | null;
}

interface Found extends Pick<ReplayedRun, 'type' | 'workflowId' | 'runId'> {
  readonly history: History;
}

/**
 * Goes through the newest runs of each workflow again, as a worker of this version does after a restart, and changes
 * nothing: no activity runs, and nothing is told to the server.
 */
export async function replayRuns(
  client: Client,
  last: number,
  { keys, bundle }: { readonly keys: Config['TEMPORAL_PAYLOAD_KEYS']; readonly bundle?: Bundle | undefined },
): Promise<ReplayedRun[]> {
  const types = new Map<string, string>();
  const histories = async function* () {
    for await (const found of newestRuns(client, last)) {
      types.set(found.runId, found.type);
      yield found;
    }
  };
  const replayed: ReplayedRun[] = [];
  const source = workflowSource(bundle, dataConverterOf(keys));
  for await (const { workflowId, runId, error } of Worker.runReplayHistories(source, histories()))
    replayed.push({ type: types.get(runId) ?? '', workflowId, runId, differs: error?.message ?? null });
  return replayed;
}

async function* newestRuns(client: Client, last: number): AsyncGenerator<Found> {
  for (const type of Object.keys(workflows).sort()) {
    let left = last;
    for await (const { workflowId, runId } of client.workflow.list({ query: `WorkflowType = '${type}'` })) {
      yield {
        ...{ type, workflowId, runId },
        history: await client.workflow.getHandle(workflowId, runId).fetchHistory(),
      };
      left -= 1;
      if (left === 0) break;
    }
  }
}
