import { Command } from 'commander';
import { version } from '../version.js';
import { tellsBy } from './by-option.js';

/** Loaded when asked for, so that a command starts with what it needs and nothing else. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  dev: async () => (await import('./dev.js')).devCommand(),
  serve: async () => (await import('./serve.js')).serveCommand(),
  api: async () => (await import('./serve.js')).apiCommand(),
  worker: async () => (await import('./serve.js')).workerCommand(),
  migrate: async () => (await import('./migrate.js')).migrateCommand(),
  doctor: async () => (await import('./doctor.js')).doctorCommand(),
  seed: async () => (await import('./seed.js')).seedCommand(),
  invite: async () => (await import('./invite.js')).inviteCommand(),
  poll: async () => (await import('./poll.js')).pollCommand(),
  backfill: async () => (await import('./backfill.js')).backfillCommand(),
  reconcile: async () => (await import('./reconcile.js')).reconcileCommand(),
  recover: async () => (await import('./recover.js')).recoverCommand(),
  replay: async () => (await import('./replay.js')).replayCommand(),
  schedule: async () => (await import('./schedule.js')).scheduleCommand(),
  settings: async () => (await import('./settings.js')).settingsCommand(),
  status: async () => (await import('./status.js')).statusCommand(),
  patients: async () => (await import('./patients.js')).patientsCommand(),
  'dead-letters': async () => (await import('./dead-letters.js')).deadLettersCommand(),
  audit: async () => (await import('./audit.js')).auditCommand(),
  secrets: async () => (await import('./secrets.js')).secretsCommand(),
  token: async () => (await import('./token.js')).tokenCommand(),
  user: async () => (await import('./user.js')).userCommand(),
  convert: async () => (await import('./convert.js')).convertCommand(),
  version: async () => (await import('./version.js')).versionCommand(),
};

/**
 * The command line for these words: with the command they name, or with all of them where they name none. Commands set
 * `process.exitCode`; only misuse and failure throw.
 */
export async function createProgram(words: readonly string[] = []): Promise<Command> {
  const program = new Command('wearable-exchange')
    .description('Consented wearable data, from Open Wearables to Open mHealth observations')
    .version(version, '--version')
    .option('--json', 'print one JSON document instead of text')
    .exitOverride();
  const named = words.find((word) => !word.startsWith('-'));
  const load = named === undefined || !Object.hasOwn(commands, named) ? undefined : commands[named];
  for (const each of load ? [load] : Object.values(commands)) {
    const command = await each();
    program.addCommand(command);
    common(command);
  }
  return program;
}

/** `--json` and a thrown usage error hold for every command and its sub-commands, `--by` for those that are recorded. */
function common(command: Command): void {
  command.exitOverride();
  tellsBy(command);
  if (!command.options.some(({ long }) => long === '--json'))
    command.option('--json', 'print one JSON document');
  command.commands.forEach(common);
}
