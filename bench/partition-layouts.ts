import type { Sql } from '../src/db/sql.js';

/** How the table of observations may lie on the disk. */
export interface Layout {
  /** What comes after `create table observations (...)`; undefined: the table as the migrations make it. */
  readonly partitionedBy?: string;
  /** The partitions, as what comes after `partition of observations`, by name. */
  readonly partitions: Readonly<Record<string, string>>;
  /** Columns that each unique key needs besides its own, since they decide the partition. */
  readonly key: readonly string[];
  /** What the statements of the product have to say otherwise: text by text. */
  readonly rewrites: readonly (readonly [text: string, instead: string])[];
}

const HASH_PARTITIONS = 32;
/** The generated years, by month, and what comes after them. */
const MONTHS = 26;

/** `xmax` cannot be read through a partitioned table; Postgres 18 tells what stood before instead. */
const CREATED = ['returning xmax = 0 as created', 'returning old.id is null as created'] as const;

export function layoutNamed(name: string): Layout {
  const layout = { plain, hash, range }[name];
  if (layout === undefined) throw new Error(`there is no layout ${name}`);
  return layout();
}

const plain = (): Layout => ({ partitions: {}, key: [], rewrites: [] });

/** By patient. Rows that are found by their id alone have to say whose they are, or every partition is asked. */
const hash = (): Layout => ({
  partitionedBy: 'hash (patient_id)',
  partitions: Object.fromEntries(
    Array.from({ length: HASH_PARTITIONS }, (_, remainder) => [
      `observations_${remainder}`,
      `for values with (modulus ${HASH_PARTITIONS}, remainder ${remainder})`,
    ]),
  ),
  key: ['patient_id'],
  rewrites: [
    CREATED,
    ['select s.place, r.time, r.id from spans s', 'select s.place, s.patient_id, r.time, r.id from spans s'],
    [
      'select time, id from first\n      union all',
      'select time, id, patient_id from first\n      union all',
    ],
    ['select r.time, r.id from unread s', 'select r.time, r.id, s.patient_id from unread s'],
    ['on o.id = page.id', 'on o.id = page.id and o.patient_id = page.patient_id'],
    [
      'select id from observations where patient_id',
      'select id, patient_id from observations where patient_id',
    ],
    ['where o.id = batch.id', 'where o.id = batch.id and o.patient_id = batch.patient_id'],
  ],
});

/** By when it was measured, a month each. Its time belongs to an observation's identity then: no correction may move it. */
const range = (): Layout => {
  const monthsAgo = (months: number) => {
    const now = new Date();
    return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1)).toISOString();
  };
  return {
    partitionedBy: 'range (effective_start)',
    partitions: Object.fromEntries(
      Array.from({ length: MONTHS + 2 }, (_, index) => {
        const from = monthsAgo(MONTHS - index);
        const to = monthsAgo(MONTHS - index - 1);
        return [`observations_${index}`, `for values from ('${from}') to ('${to}')`];
      }),
    ),
    key: ['effective_start'],
    rewrites: [
      CREATED,
      [
        'on conflict (patient_id, identifier, identifier_system) do update',
        'on conflict (patient_id, identifier, identifier_system, effective_start) do update',
      ],
      [
        'select id from observations where patient_id',
        'select id, effective_start from observations where patient_id',
      ],
      ['where o.id = batch.id', 'where o.id = batch.id and o.effective_start = batch.effective_start'],
    ],
  };
};

/** The same statements, said as a layout needs them. Throws at `done` when one of the texts was never said. */
export function rewritten(sql: Sql, rewrites: Layout['rewrites']) {
  const unused = new Set(rewrites.map(([text]) => text));
  const known = new Map<TemplateStringsArray, TemplateStringsArray>();
  const say = (strings: TemplateStringsArray): TemplateStringsArray => {
    const before = known.get(strings);
    if (before !== undefined) return before;
    const texts = strings.map((text) =>
      rewrites.reduce((said, [from, to]) => {
        if (said.includes(from)) unused.delete(from);
        return said.replaceAll(from, to);
      }, text),
    );
    const said = Object.assign(texts, { raw: texts });
    known.set(strings, said);
    return said;
  };
  return {
    sql: new Proxy(sql, {
      apply(target, self, [strings, ...values]: Parameters<Sql>) {
        const isStatement = Array.isArray(strings) && 'raw' in strings;
        const first = isStatement ? say(strings) : strings;
        return Reflect.apply(target, self, [first, ...values]) as unknown;
      },
    }),
    done() {
      if (unused.size > 0) throw new Error(`the product does not say any more: ${[...unused].join('; ')}`);
    },
  };
}

export interface Indexes {
  /** Builds what was taken away, in its order; tells each with its seconds. */
  readonly build: (say: (line: string) => void) => Promise<void>;
}

/** Puts the table into a layout, empty and without indexes. What refers to it by its id alone cannot any more. */
export async function layOut(sql: Sql, { partitionedBy, partitions, key }: Layout): Promise<Indexes> {
  const unique = (await uniqueKeys(sql)).map(({ name, columns }) => ({
    name,
    columns: [...columns, ...key.filter((column) => !columns.includes(column))],
  }));
  const indexes = await sql<{ definition: string }[]>`
    select indexdef as definition from pg_indexes
    where tablename = 'observations' and indexdef not like 'CREATE UNIQUE%'`;
  if (partitionedBy === undefined) {
    await sql`alter table observations drop constraint observations_identifier_unique`;
    const others = await sql<{ name: string }[]>`
      select indexname as name from pg_indexes where tablename = 'observations' and indexname <> 'observations_pkey'`;
    for (const { name } of others) await sql`drop index ${sql(name)}`;
  } else {
    await partition(sql, partitionedBy, partitions);
  }
  const made =
    partitionedBy === undefined ? unique.filter(({ name }) => name !== 'observations_pkey') : unique;
  return {
    async build(say) {
      const began = performance.now();
      for (const { name, columns } of made)
        await sql.unsafe(`alter table observations add constraint ${name} unique (${columns.join(', ')})`);
      for (const { definition } of indexes) await sql.unsafe(definition);
      say(`indexes: ${Math.round((performance.now() - began) / 1000)} s`);
    },
  };
}

async function uniqueKeys(sql: Sql): Promise<{ name: string; columns: string[] }[]> {
  return sql<{ name: string; columns: string[] }[]>`
    select c.conname as name,
           array(select a.attname::text from unnest(c.conkey) with ordinality as k(number, place)
                 join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.number order by place) as columns
    from pg_constraint c where c.conrelid = 'observations'::regclass and c.contype in ('p', 'u') order by c.contype`;
}

async function partition(sql: Sql, partitionedBy: string, partitions: Layout['partitions']): Promise<void> {
  const kept = await sql<{ definition: string }[]>`
    select pg_get_triggerdef(oid) as definition from pg_trigger
    where tgrelid = 'observations'::regclass and not tgisinternal
    union all
    select format('alter table observations add constraint %I %s', conname, pg_get_constraintdef(oid)) from pg_constraint
    where conrelid = 'observations'::regclass and contype = 'f'`;
  await sql.unsafe(
    `create table parted (like observations including defaults including identity including constraints)
     partition by ${partitionedBy}`,
  );
  await sql`drop table observations cascade`;
  await sql`alter table parted rename to observations`;
  for (const [name, values] of Object.entries(partitions))
    await sql.unsafe(`create table ${name} partition of observations ${values}`);
  for (const { definition } of kept) await sql.unsafe(definition);
}
