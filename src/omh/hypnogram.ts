import type { Fields, Frame } from './data-type.js';
import { reject } from './rejection.js';
import { plusSeconds } from './time-frame.js';

const FIELD = 'sleep_phase_5_min';
const PHASE_SECONDS = 300;

const STATES: ReadonlyMap<string, string> = new Map([
  ['1', 'Deep_sleep'],
  ['2', 'Light_sleep'],
  ['3', 'REM_sleep'],
  ['4', 'Awake'],
]);

interface Run {
  readonly state: string;
  readonly frame: Frame;
}

/** The runs of equal phases in an Oura hypnogram, one digit for five minutes from `start`. */
export function hypnogramRuns(item: Fields, start: string): readonly Run[] {
  const phases = item[FIELD];
  if (phases === undefined || phases === null || phases === '') return reject('missing-field', FIELD);
  if (typeof phases !== 'string') return reject('bad-field', FIELD);
  return [...phases.matchAll(/(.)\1*/gsu)].map(({ 0: run, index }) => {
    const state = STATES.get(run.charAt(0)) ?? reject('bad-field', FIELD);
    const from = plusSeconds(start, index * PHASE_SECONDS, FIELD);
    return { state, frame: { start: from, end: plusSeconds(from, run.length * PHASE_SECONDS, FIELD) } };
  });
}
