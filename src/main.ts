#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { backfillCommand } from './cli/backfill.js';
import { devCommand } from './cli/dev.js';
import { inviteCommand } from './cli/invite.js';
import { migrateCommand } from './cli/migrate.js';
import { pollCommand } from './cli/poll.js';
import { EXIT } from './cli/run.js';
import { seedCommand } from './cli/seed.js';
import { apiCommand, serveCommand, workerCommand } from './cli/serve.js';
import { settingsCommand } from './cli/settings.js';
import { statusCommand } from './cli/status.js';
import { tokenCommand } from './cli/token.js';
import { errorName, NamedError } from './errors.js';
import { version } from './version.js';

/** The whole command line. Commands set `process.exitCode`; only misuse and failure end here. */
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

async function main(): Promise<void> {
  try {
    await createProgram().parseAsync();
  } catch (thrown) {
    if (thrown instanceof CommanderError) {
      process.exitCode = thrown.exitCode === 0 ? 0 : EXIT.usage;
      return;
    }
    const text = thrown instanceof NamedError ? thrown.message : `unexpected error (${errorName(thrown)})`;
    process.stderr.write(`error: ${text}\n`);
    process.exitCode =
      thrown instanceof NamedError && thrown.name === 'UsageWrong' ? EXIT.usage : EXIT.failed;
  }
}

await main();
