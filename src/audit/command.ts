import type { AuditEvent, AuditOutcome, AuditSubjects } from '../db/audit-events.js';
import { recordAuditEvents } from '../db/audit-events.js';
import type { Sql } from '../db/sql.js';
import { decisionOfCommand } from './commands.js';
import { joined } from './subjects.js';

/** A command, in whose name it acts if anybody's, and whom it is about. */
export interface AuditedCommand extends AuditSubjects {
  /** As they are typed: `token create`. */
  readonly words: string;
  readonly by?: number | null;
}

/** Says whom it turned out to be about. */
export type Concerns = (subjects: AuditSubjects) => void;

/**
 * Does what a command is for between two records: that it is about to, and how it ended. What only reads is recorded
 * once, before it is told. Nothing is done, and nothing told, that cannot be recorded.
 */
export async function recordedCommand<Result>(
  sql: Sql,
  { words, by = null, ...subjects }: AuditedCommand,
  work: (concerns: Concerns) => Promise<Result>,
): Promise<Result> {
  const decision = decisionOfCommand(words);
  if (decision.kind === 'none') throw new Error(`the command ${words} is not to be recorded`);
  const told: AuditSubjects[] = [subjects];
  const { action } = decision;
  const record = async (outcome: AuditOutcome, after: number | null = null) => {
    const actor = { kind: 'command line', userId: by } as const;
    const event: AuditEvent = { actor, action, why: words, outcome, after, ...joined(told) };
    const [id = null] = await recordAuditEvents(sql, [event]);
    return id;
  };
  const begun = decision.kind === 'read' ? null : await record('asked');
  let isDone = false;
  try {
    const result = await work((subjects) => told.push(subjects));
    isDone = true;
    return result;
  } finally {
    await record(isDone ? 'allowed' : 'failed', begun);
  }
}
