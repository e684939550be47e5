import type { Command } from 'commander';
import { type Concerns, recordedCommand } from '../audit/command.js';
import type { AuditSubjects } from '../db/audit-events.js';
import type { Sql } from '../db/sql.js';
import { findPractitionerByEmail } from '../db/users.js';
import { NamedError } from '../errors.js';
import { wordsOf } from './by-option.js';

/** The account that `--by` names; null: nobody in particular. Throws NamedError `PractitionerUnknown`. */
export async function actingAccount(sql: Sql, command: Command): Promise<number | null> {
  // The option may have been taken by the command above.
  const { by } = command.optsWithGlobals<{ by?: string }>();
  if (by === undefined) return null;
  const userId = await findPractitionerByEmail(sql, by);
  if (userId === undefined) throw new NamedError('PractitionerUnknown', `there is no practitioner ${by}`);
  return userId;
}

/** Does what a command is for between two records; see `recordedCommand`. */
export async function recorded<Result>(
  sql: Sql,
  command: Command,
  subjects: AuditSubjects,
  work: (concerns: Concerns) => Promise<Result>,
): Promise<Result> {
  const by = await actingAccount(sql, command);
  return recordedCommand(sql, { words: wordsOf(command), by, ...subjects }, work);
}
