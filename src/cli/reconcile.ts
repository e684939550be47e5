import { Command, InvalidArgumentError } from 'commander';
import { findPatient, findPatientByEmail } from '../db/patients.js';
import { countToReconcile } from '../db/reconcile.js';
import type { Sql } from '../db/sql.js';
import { NamedError } from '../errors.js';
import type { ReconcileInput, ReconcileTally } from '../workflows/contract.js';
import { wholeNumber } from './poll.js';
import { type Step, watched } from './progress-bar.js';
import { EXIT, withApp } from './run.js';

interface Options {
  readonly patient?: string;
  readonly days?: number;
  readonly wait: boolean;
}

const MOST_DAYS = 3650;

export function reconcileCommand(): Command {
  const command = new Command('reconcile')
    .description('compare closed days with Open Wearables, and read again what differs')
    .option('--patient <who>', 'only this patient: id or e-mail address')
    .option('--days <n>', 'read the last n closed days again, instead of comparing counts', daysOf)
    .option('--no-wait', 'start it and return');
  return command.action(({ patient, days, wait }: Options) =>
    withApp(command, async ({ sql, orchestration }, output) => {
      const input: ReconcileInput = {
        ...(days === undefined ? {} : { days }),
        ...(patient === undefined ? {} : { patientId: await idOf(sql, patient) }),
      };
      const workflowId = await orchestration.startReconcile(input);
      if (!wait) {
        output.line(`Started ${workflowId}.`);
        output.result({ workflowId });
        return;
      }
      const total = await countToReconcile(sql, input.patientId ?? null);
      const far = async () => stepOf(await orchestration.reconcileProgress(workflowId), total);
      const result = await watched(orchestration.reconcileResult(workflowId), far, output);
      output.line(result.message);
      output.result({ workflowId, ...result });
      const isFailed = patient !== undefined && Object.keys(result.couldNotRead).length > 0;
      if (isFailed) process.exitCode = EXIT.failed;
      else if (!result.isComplete || result.patients === 0) process.exitCode = EXIT.attention;
    }),
  );
}

function stepOf(tally: ReconcileTally | undefined, total: number): Step | undefined {
  if (tally === undefined) return undefined;
  const failed = Object.values(tally.couldNotRead).reduce((sum, patients) => sum + patients, 0);
  return { done: tally.patients, total, words: `patients, ${failed} failed` };
}

async function idOf(sql: Sql, who: string): Promise<number> {
  const patientId = /^\d{1,9}$/.test(who) ? Number(who) : await findPatientByEmail(sql, who);
  if (patientId === undefined || (await findPatient(sql, patientId)) === undefined)
    throw new NamedError('PatientUnknown', `there is no patient ${who}`);
  return patientId;
}

function daysOf(text: string): number {
  const days = wholeNumber(text);
  if (days < 1 || days > MOST_DAYS) throw new InvalidArgumentError(`must be 1 to ${MOST_DAYS}`);
  return days;
}
