import { type Command, Option } from 'commander';
import { decidedCommands } from '../audit/commands.js';

/** Gives `--by` to a command that is recorded: who sits at the command line it cannot know by itself. */
export function tellsBy(command: Command): void {
  const decision = decidedCommands[wordsOf(command)];
  if (decision === undefined || decision.kind === 'none') return;
  if (command.options.some(({ long }) => long === '--by')) return;
  command.addOption(new Option('--by <email>', 'the account of whoever does it, for the audit trail'));
}

/** The words of a command below the program: `token create`. */
export function wordsOf(command: Command): string {
  const { parent } = command;
  return parent?.parent ? `${wordsOf(parent)} ${command.name()}` : command.name();
}
