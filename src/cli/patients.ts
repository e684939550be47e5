import { Command } from 'commander';
import { attentionReasons, patientLines, patientsInNeed, type PatientInNeed } from '../db/attention.js';
import { attentionTexts } from '../health/attention-texts.js';
import { NamedError } from '../errors.js';
import { minuteOf } from '../minute-of.js';
import type { Sql } from '../db/sql.js';
import { eraseCommand, erasureCommand, erasuresCommand } from './erasures.js';
import { list, type Output } from './output.js';
import { wholeNumber } from './poll.js';
import { EXIT, withDatabase } from './run.js';

interface Options {
  readonly attention?: boolean;
  readonly after?: string;
  readonly limit: number;
  readonly silentHours: number;
}

export function patientsCommand(): Command {
  const command = new Command('patients')
    .description(
      'patients by id, or those that need attention, with the reason and the next step; never a name',
    )
    .option('--attention', 'only those that need attention, the worst first')
    .option('--silent-hours <n>', 'how long a connected patient may have nothing new', wholeNumber, 48)
    .option('--after <place>', 'only those after this one: the next page')
    .option('--limit <n>', 'at most so many', wholeNumber, 50)
    .addCommand(eraseCommand())
    .addCommand(erasureCommand())
    .addCommand(erasuresCommand());
  return command.action((options: Options) =>
    withDatabase(command, (sql, _config, output) =>
      options.attention === true ? tellNeeds(sql, output, options) : tellAll(sql, output, options),
    ),
  );
}

async function tellAll(sql: Sql, output: Output, { after, limit }: Options): Promise<void> {
  if (after !== undefined && !/^\d{1,9}$/.test(after)) throw wrongPlace('a patient id');
  const found = await patientLines(sql, Number(after ?? 0), limit + 1);
  const patients = found.slice(0, limit);
  const rows = patients.map(({ patientId, agreed, connected, outcome, lastDataAt }) => [
    ...[String(patientId), String(agreed), String(connected)],
    ...[outcome ?? 'never read', lastDataAt === null ? '-' : minuteOf(lastDataAt)],
  ]);
  list(output, ['patient', 'agreed', 'connected', 'last poll', 'last data'], rows, 'No patients.');
  const next = found.length > limit ? (patients.at(-1)?.patientId ?? null) : null;
  if (next !== null) output.line(`More: --after ${next}`);
  output.result({ patients, next });
}

async function tellNeeds(sql: Sql, output: Output, { after, limit, silentHours }: Options): Promise<void> {
  const search = { organizationIds: null, silentHours, after: placeOf(after) };
  const found = await patientsInNeed(sql, { ...search, limit: limit + 1 });
  const patients = found.slice(0, limit).map((patient) => ({ ...patient, ...attentionTexts(patient) }));
  const rows = patients.map((p) => [String(p.patientId), p.says, minuteOf(p.since), p.next]);
  list(output, ['patient', 'reason', 'since', 'next step'], rows, 'Nobody needs attention.');
  const next = found.length > limit ? nextPlace(patients.at(-1)) : null;
  if (next !== null) output.line(`More: --after '${next}'`);
  output.result({ patients, next });
  if (patients.length > 0) process.exitCode = EXIT.attention;
}

function nextPlace(last: PatientInNeed | undefined): string | null {
  return last === undefined ? null : `${last.reason}/${last.patientId}`;
}

function placeOf(text: string | undefined) {
  if (text === undefined) return null;
  const [name, patientId] = text.split('/');
  const reason = attentionReasons.find((known) => known === name);
  if (reason === undefined || !/^\d{1,9}$/.test(patientId ?? ''))
    throw wrongPlace("a reason and a patient id: 'lost/40001'");
  return { reason, patientId: Number(patientId) };
}

function wrongPlace(what: string): NamedError {
  return new NamedError('UsageWrong', `--after takes ${what}`);
}
