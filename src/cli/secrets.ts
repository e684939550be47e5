import { Command } from 'commander';
import type { Shelf } from '../db/sealed-values.js';
import { secretBoxOf } from '../secret-box.js';
import { rotateSecrets } from '../secret-rotation.js';
import { recorded } from './recorded.js';
import { withDatabase } from './run.js';

export function secretsCommand(): Command {
  return new Command('secrets').description('what is sealed in the database').addCommand(rotateCommand());
}

function rotateCommand(): Command {
  const command = new Command('rotate').description(
    'seals everything under SECRET_KEY that is still under a key of SECRET_KEYS_RETIRED',
  );
  return command.action(() =>
    withDatabase(command, async (sql, config, output) => {
      const resealed: Record<Shelf, number> = { settings: 0, 'signing keys': 0, 'dead letters': 0 };
      await recorded(sql, command, {}, async () => {
        for await (const step of rotateSecrets(sql, secretBoxOf(config)))
          resealed[step.shelf] += step.resealed;
      });
      for (const [shelf, count] of Object.entries(resealed))
        output.line(`${shelf.padEnd(14)}${count} resealed`);
      output.line('Everything is sealed under SECRET_KEY; SECRET_KEYS_RETIRED is not needed any more.');
      output.result({ resealed });
    }),
  );
}
