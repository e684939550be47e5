import type { Sql } from './sql.js';

/** One step as it is kept; what the words are is the reader's business. */
export interface KeptStep {
  readonly step: string;
  readonly at: string;
  readonly provider?: string;
  readonly count?: number;
}

/** Keeps the steps of an onboarding that ends; an end that is told twice is the same end. */
export async function keepSteps(sql: Sql, invitationId: number, steps: readonly KeptStep[]): Promise<void> {
  await sql`
    insert into onboarding_progress (invitation_id, steps)
    select i.id, ${sql.json(steps.map((step) => ({ ...step })))} from invitations i where i.id = ${invitationId}
    on conflict (invitation_id) do update set steps = excluded.steps`;
}

/** The steps of an onboarding that ended; undefined when none were kept. */
export async function keptSteps(sql: Sql, invitationId: number): Promise<readonly KeptStep[] | undefined> {
  const [row] = await sql<{ steps: readonly KeptStep[] }[]>`
    select steps from onboarding_progress where invitation_id = ${invitationId}`;
  return row?.steps;
}
