import type { AuditSubjects } from '../db/audit-events.js';
import { recordAuditEvents } from '../db/audit-events.js';
import type { Sql } from '../db/sql.js';

/** What a command is about to do, in whose name if anybody's, and to whom. */
export interface AuditedCommand extends AuditSubjects {
  readonly action: string;
  /** The words of the command. */
  readonly command: string;
  readonly by?: number | null;
}

/** Does what a command is for between two records: that it is about to, and how it ended. */
export async function recordedCommand<Result>(
  sql: Sql,
  { action, command, by = null, ...subjects }: AuditedCommand,
  work: () => Promise<Result>,
): Promise<Result> {
  const event = { actor: { kind: 'command line', userId: by }, action, why: command, ...subjects } as const;
  const [after = null] = await recordAuditEvents(sql, [{ ...event, outcome: 'asked' }]);
  let isDone = false;
  try {
    const result = await work();
    isDone = true;
    return result;
  } finally {
    await recordAuditEvents(sql, [{ ...event, after, outcome: isDone ? 'allowed' : 'failed' }]);
  }
}
