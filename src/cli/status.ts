import { Command } from 'commander';
import type { App } from '../app.js';
import { openDeadLetters } from '../db/dead-letters.js';
import { migrationStates } from '../db/migrate.js';
import { migrationsFolder } from '../db/migrations-folder.js';
import { patientsNotRead } from '../db/patient-sync.js';
import { errorName, NamedError } from '../errors.js';
import { table } from './output.js';
import { EXIT, withApp } from './run.js';

interface Check {
  readonly part: string;
  readonly ok: boolean;
  readonly says: string;
}

export function statusCommand(): Command {
  const command = new Command('status').description('is all well, in one screen');
  return command.action(() =>
    withApp(command, async (app, output) => {
      const checks = await Promise.all([
        schema(app),
        module(app),
        upstream(app),
        polls(app),
        patients(app),
        letters(app),
      ]);
      for (const line of table(checks.map(({ part, ok, says }) => [ok ? 'ok  ' : 'LOOK', part, says])))
        output.line(line);
      output.result(checks);
      if (checks.some(({ ok }) => !ok)) process.exitCode = EXIT.attention;
    }),
  );
}

async function schema({ sql }: App): Promise<Check> {
  const waiting = (await migrationStates(sql, migrationsFolder())).filter(
    ({ appliedAt }) => appliedAt === null,
  );
  const says =
    waiting.length === 0 ? 'schema is up to date' : `${waiting.length} migration(s) wait: run migrate`;
  return { part: 'database', ok: waiting.length === 0, says };
}

async function module({ settings }: App): Promise<Check> {
  const { 'module.ow': enabled, 'ow.ingest_mode': mode } = await settings.read();
  const says = enabled ? `on, mode ${mode}` : 'off: settings set module.ow true';
  return { part: 'module.ow', ok: enabled, says };
}

async function upstream({ openWearables }: App): Promise<Check> {
  try {
    await (await openWearables()).probe();
    return { part: 'Open Wearables', ok: true, says: 'answers, the key is good' };
  } catch (thrown) {
    return {
      part: 'Open Wearables',
      ok: false,
      says: thrown instanceof NamedError ? thrown.message : errorName(thrown),
    };
  }
}

async function polls({ orchestration }: App): Promise<Check> {
  const schedule = await orchestration.pollSchedule();
  if (schedule === undefined) return { part: 'schedule', ok: false, says: 'missing: start a worker' };
  const next = schedule.next?.toISOString() ?? 'never';
  if (schedule.paused) return { part: 'schedule', ok: false, says: 'paused by an operator' };
  return { part: 'schedule', ok: true, says: `next poll ${next}` };
}

async function patients({ sql }: App): Promise<Check> {
  const failing = (await patientsNotRead(sql, 1000)).filter(({ outcome }) => outcome === 'could not read');
  const says =
    failing.length === 0
      ? 'everybody due could be read'
      : `${failing.length} could not be read at the last poll`;
  return { part: 'patients', ok: failing.length === 0, says };
}

async function letters({ sql }: App): Promise<Check> {
  const open = await openDeadLetters(sql);
  const total = open.reduce((sum, { count }) => sum + count, 0);
  const reasons = open.map(({ reason, count }) => `${count} ${reason}`).join(', ');
  return {
    part: 'dead letters',
    ok: total === 0,
    says: total === 0 ? 'none is open' : `${total} open: ${reasons}`,
  };
}
