import { READER_ROLE } from '../../src/db/reading.js';
import type { Sql } from '../../src/db/sql.js';

export interface Statement {
  readonly text: string;
  readonly parameters: readonly unknown[];
  /** For whom it was read, by a connection that reads for people. */
  readonly userId: number | null;
}

/** The statements that some work sends through these pools, each text once, with its last parameters. */
export async function statementsOf(
  pools: readonly Sql[],
  work: () => Promise<void>,
): Promise<readonly Statement[]> {
  const statements = new Map<string, Statement>();
  for (const pool of pools) {
    const readers = new Map<number, number>();
    const debug = (connection: number, text: string, parameters: unknown[]) => {
      const begun = /^begin read only; select read_as\((\d+)\)/.exec(text);
      const userId = readers.get(connection) ?? null;
      if (begun !== null) readers.set(connection, Number(begun[1]));
      // The driver writes into its own array when it sends.
      else if (text !== 'commit') statements.set(text, { text, parameters: [...parameters], userId });
    };
    Object.assign(pool.options, { debug });
  }
  try {
    await work();
  } finally {
    for (const pool of pools) Object.assign(pool.options, { debug: false });
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
async function planOf(sql: Sql, { text, parameters, userId }: Statement): Promise<readonly Plan[]> {
  if (!/^\s*(select|with)\b/i.test(text)) return [];
  return sql.begin(async (transaction) => {
    if (userId !== null)
      await transaction`select set_config('role', ${READER_ROLE}, true), read_as(${userId})`;
    const [row] = await transaction.unsafe<{ 'QUERY PLAN': readonly { Plan: Plan }[] }[]>(
      `explain (format json) ${text}`,
      [...parameters] as never[],
    );
    return nodesOf(row?.['QUERY PLAN'][0]?.Plan);
  });
}

function nodesOf(plan: Plan | undefined): readonly Plan[] {
  return plan === undefined ? [] : [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}
