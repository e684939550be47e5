import { Command } from 'commander';
import { recover, type Recovered } from '../recovery.js';
import { table } from './output.js';
import { withApp } from './run.js';

/** For a Temporal that lost everything: what the database says is unfinished is begun again. */
export function recoverCommand(): Command {
  const command = new Command('recover').description(
    'after Temporal was lost or replaced: make its schedules, and begin again whatever the database says is unfinished',
  );
  return command.action(() =>
    withApp(command, async (app, output) => {
      const recovered = await recover(app);
      output.line('The schedules are in place. One that was paused runs again.');
      const found = Object.values(recovered).some(({ unfinished }) => unfinished > 0);
      if (found) for (const line of table(linesOf(recovered))) output.line(line);
      else output.line('Nothing is unfinished.');
      output.result(recovered);
    }),
  );
}

function linesOf(recovered: Recovered): string[][] {
  const lines = Object.entries(recovered).map(([what, { unfinished, begun }]) => [
    ...[what, String(unfinished), String(begun), String(unfinished - begun)],
  ]);
  return [['', 'unfinished', 'begun again', 'running'], ...lines];
}
