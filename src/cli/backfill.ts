import { setTimeout as pause } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import type { App } from '../app.js';
import { findPatient } from '../db/patients.js';
import { NamedError } from '../errors.js';
import type { BackfillProgress, BackfillRequest } from '../workflows/contract.js';
import type { Output } from './output.js';
import { wholeNumber } from './poll.js';
import { EXIT, withApp } from './run.js';

interface Options {
  readonly days?: number;
  readonly from?: string;
  readonly to?: string;
  readonly types?: string;
  readonly wait: boolean;
}

const DAY_MS = 86_400_000;

export function backfillCommand(): Command {
  const command = new Command('backfill')
    .description("read a patient's history back")
    .argument('<patient>', 'patient id', wholeNumber)
    .option('--days <n>', 'the last n days', wholeNumber)
    .option('--from <time>', 'ISO time', isoTime)
    .option('--to <time>', 'ISO time; now when left out', isoTime)
    .option('--types <codes>', 'OMH codes, separated by commas')
    .option('--no-wait', 'ask for it and return');
  command.action((patientId: number, options: Options) =>
    withApp(command, async (app, output) => {
      if ((await findPatient(app.sql, patientId)) === undefined) {
        throw new NamedError('PatientUnknown', `there is no patient ${patientId}`);
      }
      await app.orchestration.requestBackfill(patientId, requestOf(options));
      if (options.wait) await follow(app, output, patientId);
      else output.line(`Backfill of patient ${patientId} asked for.`);
    }),
  );
  for (const steer of ['pause', 'resume', 'cancel'] as const) command.addCommand(steerCommand(steer));
  command.addCommand(statusCommand());
  return command;
}

function steerCommand(signal: 'pause' | 'resume' | 'cancel'): Command {
  const command = new Command(signal)
    .description(`${signal} a running backfill`)
    .argument('<patient>', 'patient id', wholeNumber);
  return command.action((patientId: number) =>
    withApp(command, async (app, output) => {
      const heard = await app.orchestration.steerBackfill(patientId, signal);
      output.line(heard ? `${signal} was sent.` : `No backfill of patient ${patientId} runs.`);
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
      output.line(progress === undefined ? `Patient ${patientId} never had a backfill.` : describe(progress));
      output.result(progress ?? null);
    }),
  );
}

/** Shows the progress until the backfill has ended; one line on a terminal, a line a change elsewhere. */
async function follow(app: App, output: Output, patientId: number): Promise<void> {
  let shown = '';
  for (;;) {
    const progress = await app.orchestration.backfillProgress(patientId);
    if (progress === undefined) return;
    const text = describe(progress);
    if (text !== shown) output.line(text);
    shown = text;
    if (['done', 'cancelled', 'failed'].includes(progress.state)) {
      output.result(progress);
      if (progress.state !== 'done') process.exitCode = EXIT.failed;
      return;
    }
    await pause(500);
  }
}

function describe({ state, percent, created, amended, seen }: BackfillProgress): string {
  return `${state}: ${percent} %, ${seen} samples seen, ${created} new, ${amended} corrected`;
}

function requestOf({ days, from, to, types }: Options): BackfillRequest {
  if ((days === undefined) === (from === undefined)) {
    throw new NamedError('UsageWrong', 'give either --days or --from');
  }
  const end = to ?? new Date().toISOString();
  const start = from ?? new Date(Date.parse(end) - (days ?? 0) * DAY_MS).toISOString();
  if (start >= end) throw new NamedError('UsageWrong', 'the range ends before it starts');
  return { from: start, to: end, ...(types === undefined ? {} : { dataTypes: types.split(',') }) };
}

function isoTime(text: string): string {
  const time = Date.parse(text);
  if (Number.isNaN(time) || !/^\d{4}-\d\d-\d\d/.test(text))
    throw new InvalidArgumentError('must be a date or ISO time');
  return new Date(time).toISOString();
}
