import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import type { App } from '../app.js';
import { beginErasure } from '../begin-erasure.js';
import { type Erasure, erasureOfPatient, isIntact, listErasures } from '../db/erasures.js';
import { NamedError } from '../errors.js';
import { rowsRemoved } from '../erasure.js';
import { described, headings, inOneLine } from './erasure-texts.js';
import { followErasure } from './erasure-progress.js';
import { list, type Output, table } from './output.js';
import { wholeNumber } from './poll.js';
import { actingAccount, recorded } from './recorded.js';
import { EXIT, withApp, withDatabase } from './run.js';

interface Options {
  readonly yes?: boolean;
  readonly wait: boolean;
}

/** Erases everything about one patient; asked once more at a terminal, and told with `--yes` where there is none. */
export function eraseCommand(): Command {
  const command = new Command('erase')
    .description(
      'erase everything about a patient, here and at Open Wearables; what is left is a tombstone without a name',
    )
    .argument('<patient>', 'patient id', wholeNumber)
    .option('--yes', 'do not ask once more')
    .option('--no-wait', 'ask for it and return');
  return command.action((patientId: number, { yes, wait }: Options) =>
    withApp(command, async (app, output) => {
      if (yes !== true) await confirm(patientId);
      const askedBy = await actingAccount(app.sql, command);
      const asking = { patientId, askedAs: 'command line', reason: null, receiptHash: null } as const;
      const erasureId = await recorded(app.sql, command, { patients: [patientId] }, async () =>
        beginErasure(app, { ...asking, askedBy }),
      );
      if (!wait) {
        output.line(`Erasure ${erasureId} of patient ${patientId} asked for.`);
        output.result({ erasureId, patientId });
        return;
      }
      tellEnd(output, await endOf(app, output, patientId));
    }),
  );
}

/** The tombstone of one patient. */
export function erasureCommand(): Command {
  const command = new Command('erasure')
    .description('what was erased of a patient, what remains, and whether the record was changed since')
    .argument('<patient>', 'the number that the patient had', wholeNumber);
  return command.action((patientId: number) =>
    withDatabase(command, async (sql, _config, output) => {
      const erasure = await erasureOfPatient(sql, patientId);
      if (erasure === undefined)
        throw new NamedError('ErasureUnknown', `there is no erasure of a patient ${patientId}`);
      tellEnd(output, erasure);
    }),
  );
}

export function erasuresCommand(): Command {
  const command = new Command('erasures')
    .description('erasures, the newest first: who asked, when, and how it ended')
    .option('--before <erasure>', 'only those before this one: the next page', wholeNumber)
    .option('--limit <n>', 'at most so many', wholeNumber, 50);
  return command.action(({ before, limit }: { before?: number; limit: number }) =>
    withDatabase(command, async (sql, _config, output) => {
      const found = await listErasures(sql, null, limit + 1, before ?? null);
      const erasures = found.slice(0, limit);
      const next = found.length > limit ? (erasures.at(-1)?.id ?? null) : null;
      list(output, headings, erasures.map(inOneLine), 'No patient was erased.');
      if (next !== null) output.line(`More: --before ${next}`);
      output.result({ erasures, next });
    }),
  );
}

/** Throws NamedError `UsageWrong` where nobody can be asked, or who is asked does not type the number. */
async function confirm(patientId: number): Promise<void> {
  if (!process.stdin.isTTY) throw new NamedError('UsageWrong', 'this cannot be undone: say --yes');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const typed = await terminal.question(
    `Everything about patient ${patientId} is deleted. This cannot be undone.\nType the number to go on: `,
  );
  terminal.close();
  if (typed.trim() !== String(patientId)) throw new NamedError('UsageWrong', 'nothing was erased');
}

function endOf({ sql, orchestration }: App, output: Output, patientId: number): Promise<Erasure> {
  return followErasure(output, patientId, {
    record: () => erasureOfPatient(sql, patientId),
    progress: () => orchestration.erasureProgress(patientId).catch(() => undefined),
  });
}

function tellEnd(output: Output, erasure: Erasure): void {
  const intact = isIntact(erasure);
  for (const line of table(described(erasure, intact))) output.line(line);
  output.result({ ...erasure, rowsRemoved: rowsRemoved(erasure.counts), isIntact: intact });
  if (intact === false || erasure.openWearables === 'remains') process.exitCode = EXIT.attention;
}
