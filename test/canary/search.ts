import type { Sql } from '../../src/db/sql.js';
import type { Planted } from './planted.js';

/** Texts by the place that they were found in. */
export type Places = ReadonlyMap<string, Iterable<string>>;

/** A value as it is written in addresses, in JSON, in bytes and in base64. */
function spellingsOf(value: string): string[] {
  const bytes = Buffer.from(value);
  const base64 = [0, 1, 2].map((shift) => {
    const padded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    // The characters that hold a bit of a neighbour are left out.
    return padded
      .slice(shift === 0 ? 0 : shift + 1, Math.floor(((shift + bytes.length) * 4) / 3))
      .toLowerCase();
  });
  const spellings = [
    value,
    encodeURIComponent(value),
    value.replaceAll(' ', '+'),
    bytes.toString('hex'),
    ...base64,
  ];
  return [...new Set(spellings.map((spelling) => spelling.toLowerCase()))].filter(({ length }) => length > 5);
}

/** In which places each kind of value can be read. */
export function whereRead(planted: Planted, places: Places): Record<string, string[]> {
  const found: Record<string, Set<string>> = {};
  const spellings = Object.entries(planted).map(
    ([name, values]) => [name, values.flatMap(spellingsOf)] as const,
  );
  for (const [name] of spellings) found[name] = new Set();
  for (const [place, texts] of places) {
    for (const text of texts) {
      const lower = text.toLowerCase();
      for (const [name, forms] of spellings)
        if (forms.some((form) => lower.includes(form))) found[name]?.add(place);
    }
  }
  return Object.fromEntries(Object.entries(found).map(([name, where]) => [name, [...where].sort()]));
}

/** Every row of every table, as text, by table. */
export async function tablesOf(sql: Sql): Promise<Map<string, string[]>> {
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`;
  const all = new Map<string, string[]>();
  for (const { name } of tables) {
    const rows = await sql<{ row: string }[]>`select t::text as row from ${sql(name)} t`;
    all.set(
      `table ${name}`,
      rows.map(({ row }) => row),
    );
  }
  return all;
}
