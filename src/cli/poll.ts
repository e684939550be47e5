import { Command, InvalidArgumentError } from 'commander';
import type { App } from '../app.js';
import { markEverybodyDue } from '../db/due-patients.js';
import { patientsNotRead } from '../db/patient-sync.js';
import { markPollAsked } from '../db/polls.js';
import type { PollProgress, PollResult } from '../workflows/contract.js';
import { type Output, table } from './output.js';
import { type Step, watched } from './progress-bar.js';
import { EXIT, withApp } from './run.js';

interface Options {
  readonly patient?: number;
  readonly wait: boolean;
}

const LISTED = 50;

export function pollCommand(): Command {
  const command = new Command('poll')
    .description('read what is new, now: every patient with standing consents and a connected wearable')
    .option('--patient <id>', 'only this patient', wholeNumber)
    .option('--no-wait', 'start it and return');
  return command.action((options: Options) =>
    withApp(command, (app, output) =>
      options.patient === undefined
        ? pollAll(app, output, options.wait)
        : pollOne(app, output, options.patient),
    ),
  );
}

async function pollAll(app: App, output: Output, wait: boolean): Promise<void> {
  const running = await app.orchestration.pollRunningSince();
  if (running === undefined) await markEverybodyDue(app.sql);
  const workflowId = running === undefined ? await app.orchestration.triggerPoll() : undefined;
  if (workflowId === undefined) {
    const since = (running ?? (await app.orchestration.pollRunningSince()) ?? new Date()).toISOString();
    output.line(`ow_poll skipped: ow.sync_in_progress since ${since}`);
    output.result({ skipped: 'ow.sync_in_progress', since });
    process.exitCode = EXIT.attention;
    return;
  }
  await markPollAsked(app.sql, workflowId, null);
  if (!wait) {
    output.line(`Started ${workflowId}.`);
    output.result({ workflowId });
    return;
  }
  const { orchestration } = app;
  const far = async () => stepOf(await orchestration.pollProgress(workflowId));
  const result = await watched(orchestration.pollResult(workflowId), far, output);
  output.line(result.message);
  const notRead = await patientsNotRead(app.sql, LISTED);
  for (const line of table(notRead.map((p) => [`  patient ${p.patientId}`, reason(p.outcome, p.failure)])))
    output.line(line);
  output.result({ workflowId, ...result, notRead });
  if (!isComplete(result)) process.exitCode = EXIT.attention;
}

async function pollOne(app: App, output: Output, patientId: number): Promise<void> {
  const result = await app.orchestration.pollPatientNow(patientId, 'operator');
  if (result === undefined) {
    output.line(`patient ${patientId}: a poll of this patient already runs`);
    output.result({ patientId, outcome: 'in flight' });
    return;
  }
  output.line(`patient ${patientId}: ${result.outcome}. Created ${result.created} observations.`);
  output.result({ patientId, ...result });
  if (result.outcome === 'could not read') process.exitCode = EXIT.failed;
}

/** How far the poll and its shards are together. */
function stepOf(progress: readonly PollProgress[]): Step | undefined {
  const sum = (name: keyof PollProgress['patients']) =>
    progress.reduce((total, { patients }) => total + patients[name], 0);
  const failed = sum('could not read');
  const done = sum('new data') + sum('nothing new') + sum('in flight') + failed;
  return progress[0] && { done, total: progress[0].due, words: `patients, ${failed} failed` };
}

function reason(outcome: string, failure: string | null): string {
  return failure === null ? outcome : `${outcome}: ${failure}`;
}

function isComplete({ message, patients }: PollResult): boolean {
  return message.startsWith('OW poll complete') && patients['could not read'] === 0;
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('must be a whole number');
  return Number(text);
}
