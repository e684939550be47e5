import { createHash } from 'node:crypto';
import { storePage, type PageOutcome, type PageWrite, type Refusal } from '../db/pages.js';
import { NamedError } from '../errors.js';
import type { PageCounts } from '../events.js';
import { isRejected } from '../omh/convert.js';
import type { Measurement, Rejected } from '../omh/measurement.js';
import type { SecretBox } from '../secret-box.js';
import type { ActivityDeps } from './deps.js';
import type { Attempt } from './page.js';

/** Everything of a page besides its measurements and refusals, which come from the attempts. */
export type PageContext = Omit<PageWrite, 'patientId' | 'measurements' | 'refusals'>;

export type StoreAttempts = (
  patientId: number,
  attempts: readonly Attempt[],
  context: PageContext,
  held?: number,
) => Promise<PageCounts>;

const STALE_TRIES = 5;

/** Stores what a page was converted to, and makes sure that every attempt is accounted for. */
export function attemptStore({
  pages,
  secretBox,
  events,
}: Pick<ActivityDeps, 'pages' | 'secretBox' | 'events'>): StoreAttempts {
  return async (patientId, attempts, context, held = 0) => {
    const { measurements, refusals } = sortOut(attempts, patientId, secretBox);
    const { remember, ...rest } = context;
    const isClean = refusals.length === 0 && held === 0;
    const stored = await storeUnlessStale({
      ...{ patientId, measurements, refusals, ...rest },
      ...(isClean && remember !== undefined ? { remember } : {}),
    });
    const doubled = attempts.length - measurements.length - refusals.length;
    const counts: PageCounts = {
      seen: attempts.length + held,
      created: stored.created,
      amended: stored.amended,
      unchanged: stored.unchanged + doubled,
      rejected: refusals.length,
      withheld: stored.withheld,
      held,
      retired: stored.retired,
    };
    requireBalance(counts);
    events.pageStored({ patientId, ...counts });
    return counts;
  };

  /** A page meets a consent change now and then; written again, it is judged by what stands then. */
  async function storeUnlessStale(page: PageWrite): Promise<PageOutcome> {
    for (let tries = 0; tries < STALE_TRIES; tries += 1) {
      const outcome = await storePage(pages, page);
      if (!outcome.stale) return outcome;
    }
    throw new NamedError(
      'ConsentMoving',
      'the consents of the patient keep changing; the page is read again later',
    );
  }
}

function requireBalance({ seen, created, amended, unchanged, rejected, withheld, held }: PageCounts): void {
  if (created + amended + unchanged + rejected + withheld + held === seen) return;
  throw new NamedError('PageUnbalanced', 'a page was stored whose counts do not add up to what was seen');
}

/** Each measurement and each refusal once; of doubled ones the last, as the upstream's newest word. */
export function sortOut(attempts: readonly Attempt[], patientId: number, box: SecretBox) {
  const measurements = new Map<string, Measurement>();
  const refusals = new Map<string, Refusal>();
  for (const attempt of attempts) {
    const { outcome } = attempt;
    if (isRejected(outcome)) {
      const refusal = refuse(attempt, outcome, patientId, box);
      refusals.set(refusal.fingerprint.toString('hex'), refusal);
    } else {
      measurements.set(outcome.identifier, outcome);
    }
  }
  return { measurements: [...measurements.values()], refusals: [...refusals.values()] };
}

function refuse(
  { dataType, feed, record }: Attempt,
  { reason, detail }: Rejected,
  patientId: number,
  box: SecretBox,
): Refusal {
  const original = JSON.stringify(record);
  return {
    ...{ series: feed, dataType, reason, detail },
    fingerprint: createHash('sha256').update(`${dataType}\n${original}`).digest(),
    original: box.seal(`dead-letter/${patientId}`, original),
  };
}
