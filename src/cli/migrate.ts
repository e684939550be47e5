import { Command } from 'commander';
import { migrate, migrationStates } from '../db/migrate.js';
import { migrationsFolder } from '../db/migrations-folder.js';
import { minuteOf } from '../minute-of.js';
import { list } from './output.js';
import { withDatabase } from './run.js';

export function migrateCommand(): Command {
  const command = new Command('migrate').description('bring the database schema up to date');
  command.action(() =>
    withDatabase(command, async (sql, _config, output) => {
      const applied = await migrate(sql, migrationsFolder());
      for (const name of applied) output.line(`applied ${name}`);
      output.line(
        applied.length === 0 ? 'The schema is up to date.' : `${applied.length} migration(s) applied.`,
      );
      output.result({ applied });
    }),
  );
  command.addCommand(statusCommand());
  return command;
}

function statusCommand(): Command {
  const command = new Command('status').description('which migrations stand and which wait');
  return command.action(() =>
    withDatabase(command, async (sql, _config, output) => {
      const states = await migrationStates(sql, migrationsFolder());
      const rows = states.map(({ name, appliedAt }) => [name, appliedAt ? minuteOf(appliedAt) : 'waiting']);
      list(output, ['migration', 'applied'], rows, 'There are no migrations.');
      output.result({ migrations: states });
    }),
  );
}
