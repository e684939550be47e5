import { Command } from 'commander';
import { requestHistory } from '../backfills.js';
import { findPatient } from '../db/patients.js';
import { NamedError } from '../errors.js';
import type { BackfillRequest } from '../workflows/contract.js';
import { endOf, startOf, typesOf } from './backfill-options.js';
import { follow, showStatus } from './backfill-progress.js';
import { wholeNumber } from './poll.js';
import { recorded } from './recorded.js';
import { EXIT, withApp } from './run.js';

interface Options {
  readonly days?: number;
  readonly from?: Date;
  readonly to?: Date;
  readonly types?: readonly string[];
  readonly wait: boolean;
}

const DAY_MS = 86_400_000;
const STEERED = { pause: 'paused', resume: 'resumed', cancel: 'cancelled' } as const;

export function backfillCommand(): Command {
  const command = new Command('backfill')
    .description("read a patient's history back")
    .argument('<patient>', 'patient id', wholeNumber)
    .option('--days <n>', 'the last n days', wholeNumber)
    .option('--from <time>', 'a day or an ISO time; of your time zone unless it says its own', startOf)
    .option('--to <time>', 'likewise, a day to its end; now when left out', endOf)
    .option(
      '--types <types>',
      'codes or names of data types, separated by commas; all when left out',
      typesOf,
    )
    .option('--no-wait', 'ask for it and return');
  command.action((patientId: number, options: Options) =>
    withApp(command, async (app, output) => {
      if ((await findPatient(app.sql, patientId)) === undefined) {
        throw new NamedError('PatientUnknown', `there is no patient ${patientId}`);
      }
      const request = requestOf(options, new Date());
      await recorded(app.sql, command, { patients: [patientId] }, async () =>
        requestHistory(app, patientId, request),
      );
      if (options.wait) return follow(app.orchestration, output, patientId);
      output.line(`Backfill of patient ${patientId} asked for.`);
      output.result({ patientId, ...request });
    }),
  );
  for (const steer of ['pause', 'resume', 'cancel'] as const) command.addCommand(steerCommand(steer));
  command.addCommand(statusCommand());
  return command;
}

function steerCommand(signal: keyof typeof STEERED): Command {
  const command = new Command(signal)
    .description(`${signal} a running backfill`)
    .argument('<patient>', 'patient id', wholeNumber);
  return command.action((patientId: number) =>
    withApp(command, async (app, output) => {
      const heard = await recorded(app.sql, command, { patients: [patientId] }, async () =>
        app.orchestration.steerBackfill(patientId, signal),
      );
      const ended = `Backfill of patient ${patientId} ${STEERED[signal]}.`;
      output.line(heard ? ended : `No backfill of patient ${patientId} runs.`);
      output.result({ patientId, signal, heard });
      if (!heard) process.exitCode = EXIT.attention;
    }),
  );
}

function statusCommand(): Command {
  const command = new Command('status')
    .description('how far a backfill is')
    .argument('<patient>', 'patient id', wholeNumber);
  return command.action((patientId: number) =>
    withApp(command, async (app, output) => {
      const progress = await app.orchestration.backfillProgress(patientId);
      showStatus(output, patientId, progress);
      if (progress?.state === 'failed') process.exitCode = EXIT.attention;
    }),
  );
}

function requestOf({ days, from, to, types }: Options, now: Date): BackfillRequest {
  if ((days === undefined) === (from === undefined)) {
    throw new NamedError('UsageWrong', 'give either --days or --from');
  }
  const end = to === undefined || to > now ? now : to;
  const start = from ?? new Date(end.getTime() - (days ?? 0) * DAY_MS);
  if (start >= end) throw new NamedError('UsageWrong', 'the range ends before it starts');
  const span = { from: start.toISOString(), to: end.toISOString() };
  return types === undefined ? span : { ...span, dataTypes: types };
}
