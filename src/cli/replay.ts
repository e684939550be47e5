import { Command } from 'commander';
import { NamedError } from '../errors.js';
import type { ReplayedRun } from '../temporal/replay.js';
import { table } from './output.js';
import { wholeNumber } from './poll.js';
import { commandConfig, EXIT, outputOf } from './run.js';

/** Before an upgrade: whether what runs would go on as it began. */
export function replayCommand(): Command {
  const command = new Command('replay')
    .description('before an upgrade: would this version go on with the runs of the server as they began')
    .option('--last <n>', 'the newest runs of each workflow', wholeNumber, 20);
  return command.action(async ({ last }: { readonly last: number }) => {
    if (last === 0) throw new NamedError('UsageWrong', '--last is 1 or more');
    const output = outputOf(command);
    const runs = await replayed(last);
    const different = runs.filter(({ differs }) => differs !== null);
    for (const line of table(linesOf(runs))) output.line(line);
    for (const { workflowId, runId, differs } of different)
      output.line(`${workflowId} (run ${runId}): ${differs ?? ''}`);
    output.result({ runs });
    if (different.length > 0) process.exitCode = EXIT.failed;
  });
}

async function replayed(last: number): Promise<ReplayedRun[]> {
  const { reachTemporal } = await import('../temporal/connection.js');
  const { replayRuns } = await import('../temporal/replay.js');
  const { installRuntime } = await import('../temporal/runtime.js');
  const { createLogger } = await import('../logger.js');
  // What differs is told run by run.
  installRuntime(createLogger({ level: 'silent' }));
  const config = await commandConfig();
  const { client, close } = await reachTemporal(config);
  try {
    return await replayRuns(client, last, { keys: config.TEMPORAL_PAYLOAD_KEYS });
  } finally {
    await close();
  }
}

function linesOf(runs: readonly ReplayedRun[]): string[][] {
  const types = [...new Set(runs.map(({ type }) => type))];
  return [
    ['workflow', 'runs', 'would go otherwise'],
    ...types.map((type) => {
      const ofType = runs.filter((run) => run.type === type);
      return [type, String(ofType.length), String(ofType.filter(({ differs }) => differs !== null).length)];
    }),
  ];
}
