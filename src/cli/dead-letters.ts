import { Command, Option } from 'commander';
import { addCounts, countsOf, type DeadLetters } from '../dead-letters.js';
import { findDeadLetter, letterOutcomes, letterStates, listDeadLetters } from '../db/dead-letters.js';
import type { LetterSelection, LetterState, Verdict } from '../db/dead-letters.js';
import type { Sql } from '../db/sql.js';
import { NamedError } from '../errors.js';
import { rejectionReasons } from '../omh/measurement.js';
import { described, headings, inOneLine, outcomeTexts } from './dead-letter-texts.js';
import { list, table, type Output } from './output.js';
import { wholeNumber } from './poll.js';
import { actingAccount, recorded } from './recorded.js';
import { EXIT, withDatabase } from './run.js';

export function deadLettersCommand(): Command {
  return new Command('dead-letters')
    .description('samples that could not be converted: look at them, convert them again, discard them')
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(retryCommand())
    .addCommand(discardCommand());
}

interface ListOptions {
  readonly patient?: number;
  readonly reason?: string;
  readonly state: LetterState;
  readonly before?: number;
  readonly limit: number;
}

function listCommand(): Command {
  const command = new Command('list')
    .description('dead letters, the newest first; never a value')
    .option('--patient <id>', 'only of this patient', wholeNumber)
    .addOption(reasonOption('only with this reason'))
    .addOption(new Option('--state <state>', 'only in this state').choices(letterStates).default('open'))
    .option('--before <id>', 'only those before this one: the next page', wholeNumber)
    .option('--limit <n>', 'at most so many', wholeNumber, 50);
  return command.action(({ patient, reason, state, before, limit }: ListOptions) =>
    withDatabase(command, async (sql, _config, output) => {
      const search = { patientId: patient ?? null, reason: reason ?? null, state, before: before ?? null };
      const found = await listDeadLetters(sql, { ...search, limit: limit + 1 });
      const letters = found.slice(0, limit);
      const next = found.length > limit ? (letters.at(-1)?.id ?? null) : null;
      list(output, headings, letters.map(inOneLine), `No ${state} dead letters.`);
      if (next !== null) output.line(`More: --before ${next}`);
      output.result({ letters, next });
    }),
  );
}

function showCommand(): Command {
  const command = new Command('show')
    .description(
      'one dead letter; with --original the sample itself, which is health data: its view is recorded',
    )
    .argument('<id>', 'its id', wholeNumber)
    .option('--original', 'show the sample as it was read')
    .option('--by <email>', 'the account of whoever looks; needed with --original');
  return command.action((id: number, options: { original?: boolean }) =>
    withLetters(command, async (sql, letters, output) => {
      const letter = await findDeadLetter(sql, id);
      if (letter === undefined) throw new NamedError('DeadLetterUnknown', `there is no dead letter ${id}`);
      if (options.original !== true) {
        for (const line of table(described(letter))) output.line(line);
        output.result(letter);
        return;
      }
      const by = await actingAccount(sql, command);
      if (by === null) throw new NamedError('UsageWrong', 'say whose eyes it is for: --by EMAIL');
      const original = await recorded(sql, command, { deadLetters: [id] }, async () =>
        letters.viewOriginal(id, by),
      );
      for (const line of table(described(letter))) output.line(line);
      output.line(JSON.stringify(original, null, 2));
      output.result({ ...letter, original });
    }),
  );
}

interface RetryOptions {
  readonly reason?: string;
  readonly all?: boolean;
}

function retryCommand(): Command {
  const command = new Command('retry')
    .description('convert letters again and store what works')
    .argument('[ids...]', 'their ids', wholeNumbers)
    .addOption(reasonOption('all open ones with this reason'))
    .option('--all', 'all open ones');
  return command.action((ids: readonly number[] | undefined, options: RetryOptions) =>
    withLetters(command, async (sql, letters, output) => {
      const selection = selectionOf(ids ?? [], options);
      const by = await actingAccount(sql, command);
      let counts = countsOf([]);
      const told: Verdict[] = [];
      await recorded(sql, command, { deadLetters: selection.ids ?? [] }, async (concerns) => {
        for await (const verdicts of letters.retry(selection, by)) {
          counts = addCounts(counts, countsOf(verdicts));
          concerns({ deadLetters: verdicts.map(({ id }) => id) });
          // Of all letters only their numbers are told: there may be many.
          if (selection.ids !== null) told.push(...verdicts);
        }
      });
      for (const line of table(told.map(verdictCells))) output.line(line);
      for (const outcome of letterOutcomes)
        if (counts[outcome] > 0) output.line(`${counts[outcome]} ${outcomeTexts[outcome]}`);
      if (selection.ids === null && letterOutcomes.every((outcome) => counts[outcome] === 0))
        output.line('Nothing waits to be retried.');
      const unknown = (selection.ids ?? []).filter((id) => !told.some((verdict) => verdict.id === id));
      tellUnknown(output, unknown);
      output.result({ ...counts, ...(selection.ids !== null && { letters: told, unknown }) });
      if (counts.rejected + counts.withheld + counts.held > 0) process.exitCode = EXIT.attention;
    }),
  );
}

function selectionOf(ids: readonly number[], { reason, all }: RetryOptions): LetterSelection {
  const ways = [ids.length > 0, reason !== undefined, all === true].filter(Boolean);
  if (ways.length !== 1) throw new NamedError('UsageWrong', 'give either ids, --reason or --all');
  return { ids: ids.length > 0 ? ids : null, reason: reason ?? null };
}

function verdictCells({ id, outcome, reason, detail }: Verdict): string[] {
  return [String(id), outcomeTexts[outcome], reason ?? '', detail ?? ''];
}

function discardCommand(): Command {
  const command = new Command('discard')
    .description('give letters up; a sample that is read again stays discarded')
    .argument('<ids...>', 'their ids', wholeNumbers)
    .requiredOption('--note <text>', 'why; no health data');
  return command.action((ids: readonly number[], options: { note: string }) =>
    withLetters(command, async (sql, letters, output) => {
      const note = options.note.trim();
      if (note === '') throw new NamedError('UsageWrong', 'the note is empty');
      const by = await actingAccount(sql, command);
      const discarded = await recorded(sql, command, { deadLetters: ids }, async () =>
        letters.discard(ids, note, by),
      );
      const unknown = ids.filter((id) => !discarded.includes(id));
      output.line(`${discarded.length} discarded`);
      tellUnknown(output, unknown);
      output.result({ discarded, unknown });
    }),
  );
}

function tellUnknown(output: Output, unknown: readonly number[]): void {
  if (unknown.length === 0) return;
  output.line(`not open, or no dead letters: ${unknown.join(', ')}`);
  process.exitCode = EXIT.attention;
}

function reasonOption(about: string): Option {
  return new Option('--reason <reason>', about).choices(rejectionReasons);
}

function wholeNumbers(text: string, before: readonly number[] = []): readonly number[] {
  return [...before, wholeNumber(text)];
}

/** Runs a command that decides about letters: it needs neither Temporal nor Open Wearables. */
async function withLetters(
  command: Command,
  work: (sql: Sql, letters: DeadLetters, output: Output) => Promise<void>,
): Promise<void> {
  const { openDeadLetters } = await import('./open-dead-letters.js');
  await withDatabase(command, (sql, config, output) => work(sql, openDeadLetters(sql, config), output));
}
