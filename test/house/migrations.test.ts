import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { textOf } from './documents.js';

/** From here on a database with data is migrated while somebody uses it. */
const FIRST = '0061';
/** What holds up readers and writers for as long as a table is large, or takes away what the version before uses. */
const HOLDS_UP: readonly [why: string, pattern: RegExp][] = [
  ['an index that is not built concurrently', /create (unique )?index (?!concurrently)/],
  ['a table that is written anew', /alter column \w+ (set data )?type\b/],
  [
    'a look at every row under an exclusive lock',
    /set not null|add constraint (?![^;]*not valid)[^;]*(check|foreign key)/,
  ],
  ['something that the version before still uses', /drop (table|column|view)|rename (column )?\w* ?to\b/],
  ['rows changed all at once', /^\s*(update|delete)\b/m],
];

const names = readdirSync(new URL('../../migrations/', import.meta.url)).sort();

/** Statements about tables that the file itself makes hold up nobody. */
function offences(text: string): string[] {
  const own = [...text.matchAll(/create table (\w+)/g)].map(([, table = '']) => table);
  const statements = text.replaceAll(/--.*$/gm, '').toLowerCase().split(';');
  const ofOthers = statements.filter(
    (statement) => !own.some((table) => new RegExp(`\\b${table}\\b`).test(statement)),
  );
  return HOLDS_UP.flatMap(([why, pattern]) =>
    ofOthers.some((statement) => pattern.test(statement)) ? [why] : [],
  );
}

it('migrations have numbers of their own', () => {
  const numbers = names.map((name) => name.slice(0, 4));
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(names.filter((name) => !/^\d{4}_[a-z_]+\.sql$/.test(name))).toEqual([]);
});

it('no later migration holds up whoever uses the database, or breaks the version before', () => {
  for (const name of names.filter((each) => each >= FIRST))
    expect(offences(textOf(`migrations/${name}`)), name).toEqual([]);
});

it.each([
  ['create index a_by_b on a (b);', 1],
  ['create index concurrently if not exists a_by_b on a (b);', 0],
  ['create table a (b integer); create index a_by_b on a (b);', 0],
  ['alter table a alter column b type bigint;', 1],
  ['alter table a alter column b set not null;', 1],
  ['alter table a add constraint a_b check (b > 0);', 1],
  ['alter table a add constraint a_b check (b > 0) not valid;', 0],
  ['alter table a validate constraint a_b;', 0],
  ['alter table a add column c text;', 0],
  ['alter table a drop column b;', 1],
  ['alter table a rename column b to c;', 1],
  ['update a set b = 1;', 1],
])('%s', (text, count) => {
  expect(offences(text)).toHaveLength(count);
});
