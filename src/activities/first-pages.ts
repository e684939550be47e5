import type { PageCounts } from '../events.js';
import { OpenWearablesFailure } from '../open-wearables/failures.js';
import type { PatientOutcome, PollPatientResult } from '../workflows/contract.js';
import { consentChecker, remember, type Allowed } from './consent.js';
import type { ActivityDeps } from './deps.js';
import { NO_COUNTS, addCounts } from '../workflows/counts.js';
import { readWindows } from './reading.js';
import type { Leg } from './read-plan.js';
import { windowReader, type WindowRead } from './read-window.js';
import { readableOf } from './readable-patient.js';
import { wantedFor } from './wanted.js';

/** `pollId` null: whoever asks remembers what was found. */
export interface FirstPagesRequest {
  readonly patientId: number;
  readonly pollId: string | null;
}

/** All there is, or what the first pages held and what is left to read. */
export type FirstPages =
  | {
      readonly kind: 'all';
      readonly found: PollPatientResult;
      readonly remembered: { isAgain: boolean } | null;
    }
  | { readonly kind: 'more'; readonly counts: PageCounts; readonly allowed: Allowed };

/** A workflow waits for this step: after so long no other feed is begun. */
const PATIENCE_MS = 10_000;

export function firstPagesActivities(deps: ActivityDeps) {
  const { sql } = deps;
  const check = consentChecker(deps);
  const readWindow = windowReader(deps);
  return {
    /**
     * Asks the consents, and reads each feed that has no more than a page of news: all there is for most patients of a
     * poll, which is remembered then. Feeds with more pages are left; so are raw payloads, and what Open Wearables cannot
     * show at the moment.
     */
    async readFirstPages({ patientId, pollId }: FirstPagesRequest): Promise<FirstPages> {
      const checked = await check(patientId);
      if (checked.kind === 'skip') return all(checked.reason, NO_COUNTS);
      const { patient, ...allowed } = checked;
      if (allowed.mode === 'raw') return { kind: 'more', counts: NO_COUNTS, allowed };
      const { counts, left } = await readLegs(allowed.read.legs, {
        ...{ patient, wanted: wantedFor(allowed.read.dataTypes), isAudited: false },
        isStillAllowed: async () => (await readableOf(sql, patientId)) !== undefined,
      });
      if (left.length > 0)
        return { kind: 'more', counts, allowed: { ...allowed, read: { ...allowed.read, legs: left } } };
      return all(counts.created + counts.amended > 0 ? 'new data' : 'nothing new', counts);

      async function all(outcome: PatientOutcome, counts: PageCounts): Promise<FirstPages> {
        const found = { ...counts, outcome };
        const remembered = pollId === null ? null : await remember(sql, { patientId, pollId, ...found });
        return { kind: 'all', found, remembered };
      }
    },
  };

  async function readLegs(
    legs: readonly Leg[],
    read: Omit<WindowRead, 'feeds' | 'window' | 'start' | 'isOnePage'>,
  ): Promise<{ counts: PageCounts; left: readonly Leg[] }> {
    const deadline = performance.now() + PATIENCE_MS;
    const left: Leg[] = [];
    let counts = NO_COUNTS;
    const now = new Date().toISOString();
    for (const [index, leg] of legs.entries()) {
      const [window, ...others] = readWindows(leg.from, now);
      if (window === undefined) continue;
      if (others.length > 0) {
        left.push(leg);
        continue;
      }
      if (performance.now() > deadline) return { counts, left: [...left, ...legs.slice(index)] };
      try {
        const { feeds } = leg;
        const before = counts;
        const end = await readWindow({ ...read, feeds, window, start: null, isOnePage: true }, (_, found) => {
          counts = addCounts(before, found);
        });
        if (end === 'more waits') left.push(leg);
        if (end === 'not allowed') return { counts, left: [] };
      } catch (thrown) {
        if (!(thrown instanceof OpenWearablesFailure && thrown.retryable)) throw thrown;
        return { counts, left: [...left, ...legs.slice(index)] };
      }
    }
    return { counts, left };
  }
}
