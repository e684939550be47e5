import { Command, InvalidArgumentError } from 'commander';
import { breakWords } from '../audit/break-words.js';
import { verifyChain } from '../audit/verify.js';
import { acknowledgeBreak, type ChainPlace, lastWholeEnd } from '../db/audit-checks.js';
import { type AuditLine, auditLines } from '../db/audit-search.js';
import type { Sql } from '../db/sql.js';
import { findUserIdByEmail } from '../db/users.js';
import { NamedError } from '../errors.js';
import { minuteOf } from '../minute-of.js';
import { list } from './output.js';
import { wholeNumber } from './poll.js';
import { actingAccount, recorded } from './recorded.js';
import { EXIT, withDatabase } from './run.js';

export function auditCommand(): Command {
  return new Command('audit')
    .description('who read or changed whose data, when, through what')
    .addCommand(listCommand())
    .addCommand(verifyCommand())
    .addCommand(acknowledgeCommand());
}

interface ListOptions {
  readonly patient?: number;
  readonly actor?: string;
  readonly since?: Date;
  readonly until?: Date;
  readonly before?: number;
  readonly limit: number;
}

function listCommand(): Command {
  const command = new Command('list')
    .description('what was recorded, the newest first; never a name or a measurement')
    .option('--patient <id>', 'only what concerns this patient', wholeNumber)
    .option('--actor <who>', 'only what this account did: its id or e-mail address')
    .option('--since <time>', 'only from this moment on', moment)
    .option('--until <time>', 'only before this moment', moment)
    .option('--before <id>', 'only those before this one: the next page', wholeNumber)
    .option('--limit <n>', 'at most so many', wholeNumber, 50);
  return command.action(({ patient, actor, since, until, before, limit }: ListOptions) =>
    withDatabase(command, async (sql, _config, output) => {
      const search = {
        organizationIds: null,
        ...{ patientId: patient ?? null, actorId: await accountOf(sql, actor) },
        ...{ from: since ?? null, until: until ?? null, before: before ?? null, limit: limit + 1 },
      };
      const subjects = { patients: patient === undefined ? [] : [patient] };
      const found = await recorded(sql, command, subjects, async () => auditLines(sql, search));
      const events = found.slice(0, limit).map(({ actorName: _, accountName: __, ...event }) => event);
      list(output, HEADINGS, events.map(cells), 'Nothing was recorded.');
      const next = found.length > limit ? (events.at(-1)?.id ?? null) : null;
      if (next !== null) output.line(`More: --before ${next}`);
      output.result({ events, next });
    }),
  );
}

const HEADINGS = ['id', 'when', 'who', 'what', 'outcome', 'patients', 'through'];
const SHOWN_PATIENTS = 5;

type Told = Omit<AuditLine, 'actorName' | 'accountName'>;

function cells({ id, at, actorKind, actorId, action, outcome, patients, why }: Told): string[] {
  const more = patients.length > SHOWN_PATIENTS ? `, and ${patients.length - SHOWN_PATIENTS} more` : '';
  return [
    ...[String(id), minuteOf(at), actorId === null ? actorKind : `${actorKind} ${actorId}`, action, outcome],
    ...[`${patients.slice(0, SHOWN_PATIENTS).join(', ')}${more}`, why],
  ];
}

function verifyCommand(): Command {
  const command = new Command('verify')
    .description('is every event as it was appended, and none missing; exit code 1 when not')
    .option(
      '--noted <id:hash>',
      'an end of the chain that was written down before, and must be in it',
      place,
    );
  return command.action(({ noted }: { noted?: ChainPlace }) =>
    withDatabase(command, async (sql, _config, output) => {
      const { events, end, broken } = await verifyChain(sql, { noted });
      const hash = end.hash.toString('hex');
      if (broken === null) {
        output.line(`${events} events, all as they were appended.`);
        const passed = end.id - events;
        if (passed > 0) output.line(`${passed} more are not, or are gone, as somebody acknowledged.`);
        output.line(`The chain ends at ${end.id}:${hash}`);
      } else output.line(`The audit trail is broken at event ${broken.id}: ${breakWords[broken.why]}.`);
      output.result({ isWhole: broken === null, events, end: { id: end.id, hash }, broken });
      if (broken !== null) process.exitCode = EXIT.failed;
    }),
  );
}

function acknowledgeCommand(): Command {
  const command = new Command('acknowledge')
    .description('let checks go on behind a break that was looked into and cannot be mended')
    .argument('<event>', 'the event that `audit verify` names', wholeNumber)
    .requiredOption('--note <text>', 'what happened; no health data');
  return command.action((brokenAt: number, { note }: { note: string }) =>
    withDatabase(command, async (sql, _config, output) => {
      if (note.trim() === '') throw new NamedError('UsageWrong', 'the note is empty');
      const { broken } = await verifyChain(sql, { noted: await lastWholeEnd(sql) });
      if (broken?.id !== brokenAt)
        throw new NamedError('NotBroken', `the audit trail is not broken at event ${brokenAt}`);
      const by = await actingAccount(sql, command);
      const goesOnAt = await recorded(sql, command, {}, async () => {
        const next = await acknowledgeBreak(sql, { brokenAt, note: note.trim(), by });
        if (next === undefined) throw new NamedError('NothingFollows', 'no event follows to go on from');
        return next;
      });
      output.line(`Checks go on from event ${goesOnAt}. The next one: schedule run audit`);
      output.result({ brokenAt, goesOnAt });
    }),
  );
}

function moment(text: string): Date {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new InvalidArgumentError('a day or a time: 2026-11-27T09:00Z');
  return time;
}

function place(text: string): ChainPlace {
  const [, id, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (id === undefined || hash === undefined) throw new InvalidArgumentError('an id and a hash: 17:6fd9...');
  return { id: Number(id), hash: Buffer.from(hash, 'hex') };
}

async function accountOf(sql: Sql, who: string | undefined): Promise<number | null> {
  if (who === undefined) return null;
  const userId = /^\d{1,9}$/.test(who) ? Number(who) : await findUserIdByEmail(sql, who);
  if (userId === undefined) throw new NamedError('UserUnknown', `there is no account ${who}`);
  return userId;
}
