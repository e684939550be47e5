import type * as workflows from '../../../src/workflows/index.js';
import { rows, type KilledWith, type None, type Row } from './rows.js';

/** Where a worker is killed. */
export const MOMENTS = [
  'before the fetch',
  'after the fetch',
  'inside the write',
  'after the commit, before it is told',
  'during a heartbeat',
] as const;
export type Moment = (typeof MOMENTS)[number];

/** A run of a workflow that is killed in a moment of its own. */
export interface Cell {
  readonly workflow: keyof typeof workflows;
  readonly row: Row;
  readonly moment: Moment;
  readonly hold: 'fetch' | 'write';
}

/** A worker asks Open Wearables four things at once, and one must be left; it has ten connections to Postgres, and five to store pages. */
const MOST_AT_ONCE = { fetch: 3, write: 6 };

const isNone = (part: unknown): part is None => typeof part === 'object' && part !== null && 'none' in part;

/** By which part of its row a workflow is held in a moment; none: there is no such moment. */
function holdIn(moment: Moment, { fetch, write, heartbeat }: Row): None | 'fetch' | 'write' {
  if (moment === 'during a heartbeat') return heartbeat;
  if (moment === 'before the fetch') return isNone(fetch) ? fetch : 'fetch';
  return isNone(write) ? write : 'write';
}

function isRow(entry: Row | KilledWith): entry is Row {
  return !('killedWith' in entry);
}

/** Everything that is killed. */
export function cells(): Cell[] {
  return entries().flatMap(([workflow, row]) =>
    MOMENTS.flatMap((moment) => {
      const hold = holdIn(moment, row);
      return isNone(hold) ? [] : [{ workflow, row, moment, hold }];
    }),
  );
}

/** The workflows that go on as new runs. */
export function continuing() {
  return entries().flatMap(([workflow, { continueAsNew, answers }]) =>
    isNone(continueAsNew) ? [] : [{ workflow, begin: continueAsNew, answers }],
  );
}

function entries(): (readonly [keyof typeof workflows, Row])[] {
  return Object.entries(rows).flatMap(([workflow, entry]) =>
    isRow(entry) ? [[workflow as keyof typeof workflows, entry] as const] : [],
  );
}

/** Cells that one kill meets: each workflow once, and no more than a worker can be held by. */
export function kills(all: readonly Cell[]): Cell[][] {
  const made: Cell[][] = [];
  for (const cell of all) {
    const fits = (kill: readonly Cell[]) =>
      kill.every(({ workflow }) => workflow !== cell.workflow) &&
      kill.filter(({ hold }) => hold === cell.hold).length < MOST_AT_ONCE[cell.hold];
    const room = made.find(fits);
    if (room === undefined) made.push([cell]);
    else room.push(cell);
  }
  return made;
}
