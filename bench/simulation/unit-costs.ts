import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** CPU seconds of each of our processes. */
const cpu = z.object({ worker: z.number(), temporal: z.number(), postgres: z.number() });
export type Cpu = z.infer<typeof cpu>;

const shape = z.object({
  /** The runs that the numbers come from: what was run, on which machine, how loaded it was. */
  from: z.array(z.string()),
  /** A due patient's run that reads one page with few samples or none. */
  poll: cpu,
  /** A further page of a poll that is known already. */
  knownPage: cpu,
  /** A page of new observations: convert, store, move the cursor; and one of them. */
  newPage: cpu,
  observation: cpu,
  /** A tick in which nobody is due: what it takes at least, and for each patient; with its time on the clock. */
  tick: cpu.extend({ seconds: z.number() }),
  idlePatient: cpu.extend({ seconds: z.number() }),
  /** What a patient's run leaves at Temporal. */
  run: z.object({ events: z.number(), bytes: z.number(), transitions: z.number() }),
  /** Of an observation: the row, and its entries in all indexes. */
  row: z.object({ bytes: z.number(), indexBytes: z.number() }),
  /** What the same run took on the clock, to compare predictions with: ticks with nobody due, and polls of due patients. */
  clock: z.object({
    ticks: z.array(z.object({ patients: z.number(), seconds: z.number(), megabytes: z.number() })),
    /** By all processes of the machine together, the upstream's included. */
    polls: z.object({ perSecond: z.number(), cpuOfAll: z.number(), cores: z.number() }),
  }),
});
export type UnitCosts = z.infer<typeof shape>;

export const UNIT_COSTS = new URL('../unit-costs.json', import.meta.url);

export function readUnitCosts(): UnitCosts {
  return shape.parse(JSON.parse(readFileSync(UNIT_COSTS, 'utf8')));
}

export const parseUnitCosts = (value: unknown): UnitCosts => shape.parse(value);
