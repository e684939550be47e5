import { Command } from 'commander';
import { version } from '../version.js';
import { backfillCommand } from './backfill.js';
import { convertCommand } from './convert.js';
import { devCommand } from './dev.js';
import { inviteCommand } from './invite.js';
import { migrateCommand } from './migrate.js';
import { pollCommand } from './poll.js';
import { seedCommand } from './seed.js';
import { apiCommand, serveCommand, workerCommand } from './serve.js';
import { settingsCommand } from './settings.js';
import { statusCommand } from './status.js';
import { tokenCommand } from './token.js';

/** The whole command line. Commands set `process.exitCode`; only misuse and failure throw. */
export function createProgram(): Command {
  const program = new Command('wearable-exchange')
    .description('Consented wearable data, from Open Wearables to Open mHealth observations')
    .version(version, '--version')
    .option('--json', 'print one JSON document instead of text')
    .exitOverride();
  const commands = [
    devCommand(),
    serveCommand(),
    apiCommand(),
    workerCommand(),
    migrateCommand(),
    seedCommand(),
    inviteCommand(),
    pollCommand(),
    backfillCommand(),
    settingsCommand(),
    statusCommand(),
    tokenCommand(),
    convertCommand(),
  ];
  for (const command of commands) program.addCommand(common(command));
  return program;
}

/** `--json` and a thrown usage error hold for every command and its sub-commands. */
function common(command: Command): Command {
  command.exitOverride();
  if (!command.options.some(({ long }) => long === '--json'))
    command.option('--json', 'print one JSON document');
  command.commands.forEach(common);
  return command;
}
