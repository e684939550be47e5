import type { Sql } from '../../src/db/sql.js';

export interface Statement {
  readonly text: string;
  readonly parameters: readonly unknown[];
}

/** The statements that some work sends, each text once, with its last parameters. */
export async function statementsOf(sql: Sql, work: () => Promise<void>): Promise<readonly Statement[]> {
  const statements = new Map<string, Statement>();
  Object.assign(sql.options, {
    debug: (_connection: number, text: string, parameters: unknown[]) => {
      // The driver writes into its own array when it sends.
      statements.set(text, { text, parameters: [...parameters] });
    },
  });
  try {
    await work();
  } finally {
    Object.assign(sql.options, { debug: false });
  }
  return [...statements.values()];
}

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly Plan[];
}

/** The tables that a statement reads from end to end. */
export async function scannedTables(sql: Sql, statement: Statement): Promise<string[]> {
  const nodes = await planOf(sql, statement);
  return nodes.flatMap((node) =>
    node['Node Type'].includes('Seq Scan') ? (node['Relation Name'] ?? []) : [],
  );
}

/** The indexes that a statement reads. */
export async function readIndexes(sql: Sql, statement: Statement): Promise<string[]> {
  return (await planOf(sql, statement)).flatMap((node) => node['Index Name'] ?? []);
}

/** All steps of the plan of a statement that reads. */
async function planOf(sql: Sql, { text, parameters }: Statement): Promise<readonly Plan[]> {
  if (!/^\s*(select|with)\b/i.test(text)) return [];
  const [row] = await sql.unsafe<{ 'QUERY PLAN': readonly { Plan: Plan }[] }[]>(
    `explain (format json) ${text}`,
    [...parameters] as never[],
  );
  return nodesOf(row?.['QUERY PLAN'][0]?.Plan);
}

function nodesOf(plan: Plan | undefined): readonly Plan[] {
  return plan === undefined ? [] : [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}
