import type { Sql } from '../db/sql.js';
import type { OpenWearables } from '../open-wearables/client.js';
import type { RuntimeSettings } from '../runtime-settings.js';
import type { Orchestration } from '../temporal/orchestration.js';
import type { Oversight } from '../temporal/oversight.js';
import type { HealthFacts, ProviderFacts } from './facts.js';
import { type Check, isWell, judge } from './judge.js';
import { lookAtDatabase, lookAtRecords, readingOf, unnoticedLosses } from './look-at-database.js';
import { lookAtUpstream } from './look-at-upstream.js';

/** The answer to "is all well": what `status` prints and the page shows. */
export interface Verdict {
  readonly isWell: boolean;
  readonly checks: readonly Check[];
  readonly facts: HealthFacts;
}

export interface HealthDeps {
  readonly sql: Sql;
  readonly settings: RuntimeSettings;
  readonly openWearables: () => Promise<OpenWearables>;
  readonly orchestration: Pick<Orchestration, 'nudge'>;
  readonly oversight: Pick<Oversight, 'schedules' | 'worker'>;
}

export type Health = ReturnType<typeof createHealth>;

/** How long an answer is good for pages that refresh themselves. */
export const FRESH_MS = 15_000;
/** How long one is good for metrics, which are asked for all the time. */
const LATELY_MS = 60_000;
/** Patients who are read at once because of a look. */
const NUDGED = 20;

/** Looks at everything that an operator would have to look at; asks nothing twice within some seconds. */
export function createHealth(deps: HealthDeps) {
  let recent: { readonly at: number; readonly verdict: Promise<Verdict> } | undefined;
  let settled: Verdict | undefined;

  function within(ms: number): Promise<Verdict> {
    if (recent !== undefined && Date.now() - recent.at <= ms) return recent.verdict;
    const verdict = look(deps).then((found) => (settled = found));
    recent = { at: Date.now(), verdict };
    return verdict;
  }

  return {
    /** The verdict now; never throws. */
    look: () => look(deps),
    /** The verdict of the last seconds. */
    recent: () => within(FRESH_MS),
    /** A verdict that is there already, if any; a look begins behind it when it is older than a minute. */
    async lately(): Promise<Verdict> {
      const found = within(LATELY_MS);
      return settled ?? found;
    },
    /** After something was changed. */
    forget(): void {
      recent = undefined;
    },
  };
}

async function look(deps: HealthDeps): Promise<Verdict> {
  const [database, temporal] = await Promise.all([lookAtDatabase(deps.sql), lookAtTemporal(deps.oversight)]);
  const stored = database.state === 'away' ? undefined : await lookAtStored(deps);
  const facts: HealthFacts = { at: new Date(), database, ...NOTHING, ...temporal, ...stored };
  const checks = judge(facts);
  return { isWell: isWell(checks), checks, facts };
}

const NOTHING = {
  ...{ reading: undefined, upstream: undefined, providers: undefined, unnoticed: [] },
  ...{ notRead: undefined, letters: undefined, audit: undefined },
};

async function lookAtTemporal(oversight: HealthDeps['oversight']) {
  try {
    const [schedules, worker] = await Promise.all([oversight.schedules(), oversight.worker()]);
    return { temporal: 'answers', schedules, worker } as const;
  } catch {
    return { temporal: 'away', schedules: undefined, worker: undefined } as const;
  }
}

/** What needs the database: without its settings nobody knows which Open Wearables to ask. */
async function lookAtStored({ sql, settings, openWearables, orchestration }: HealthDeps) {
  try {
    const reading = readingOf(await settings.read());
    const [{ providers, ...records }, { failure, ms, disconnected, enabled, runs }] = await Promise.all([
      lookAtRecords(sql),
      lookAtUpstream(openWearables),
    ]);
    const unnoticed = await unnoticedLosses(sql, disconnected);
    // Reading them tells the patient and the practitioner, too.
    for (const patientId of unnoticed.slice(0, NUDGED))
      await orchestration.nudge(patientId).catch(() => undefined);
    const facts: ProviderFacts[] = providers.map((provider) => ({
      ...provider,
      isEnabled: enabled?.includes(provider.provider),
      recent: runs?.find((run) => run.provider === provider.provider),
    }));
    return { reading, ...records, upstream: { failure, ms }, providers: facts, unnoticed };
  } catch {
    // A schema that is behind, or a database that left meanwhile: its own check tells.
    return NOTHING;
  }
}
