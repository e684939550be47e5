import { unneededProviders } from '../db/connections.js';
import { studiesOfPatients } from '../db/enrolment.js';
import { saveSkips } from '../db/patient-sync.js';
import { beginPoll, endPoll, planPolled, type PollEnd } from '../db/polls.js';
import { findConcept } from '../db/studies.js';
import { sweepCandidates, type SweepCandidate } from '../db/sweep.js';
import type { PollPlan, PollResult, PollShardInput, Tally } from '../workflows/contract.js';
import { missingRawSettings } from '../raw-payloads/access.js';
import { resumeUnfinished } from '../unfinished.js';
import type { ActivityDeps } from './deps.js';
import { learnHints } from './hints.js';
import { SHARD_SIZE, shardCutter } from './shards.js';

const CHUNK_SIZE = 1000;
/** What was asked for more lately may be about to begin. */
const LOST_AFTER_SECONDS = 60;
const HEART_RATE = 'omh:heart-rate:2.0';

export function planActivities({ sql, settings, openWearables, orchestration, events }: ActivityDeps) {
  return {
    /** Who is read in this poll; also remembers why others are not, and ends connections nobody needs. */
    async planPoll(pollId: string): Promise<PollPlan> {
      await beginPoll(sql, pollId);
      // Their start was lost, or they were ended by hand.
      await resumeUnfinished({ sql, orchestration }, LOST_AFTER_SECONDS);
      const current = await settings.read();
      const { 'module.ow': enabled, 'ow.ingest_mode': mode } = current;
      const refuse = (refusal: string): PollPlan => ({ refusal, mode, due: 0, shards: [], skipped: {} });
      if (!enabled) return refuse('OW poll skipped: module.ow=false');
      const missing = mode === 'raw' ? missingRawSettings(current) : undefined;
      if (missing !== undefined) return refuse(`ow_poll aborted: ${missing}`);
      if ((await findConcept(sql, HEART_RATE)) === undefined)
        return refuse(`CodeableConcept '${HEART_RATE}' not found`);
      await learnHints(sql, await openWearables());

      const cutter = shardCutter();
      const skipped = { 'not consented': 0, 'not connected': 0 };
      for await (const candidates of chunks(0, null, current['ow.max_age_minutes'])) {
        for (const { patientId, skip, isDue } of candidates) {
          if (skip !== null) skipped[skip] += 1;
          else if (isDue) cutter.add(patientId);
        }
        await recordSkipped(pollId, candidates);
      }
      const shards = cutter.end();
      const due = shards.reduce((sum, shard) => sum + shard.patients, 0);
      await planPolled(sql, pollId, due);
      const batch = current['ow.poll_batch'];
      return {
        refusal: null,
        mode,
        due,
        shards,
        skipped,
        ...(batch > 0 && mode === 'normalized' && { batch }),
      };
    },

    /** The patients of a shard that are still due; those beyond its size wait for the next poll. */
    async duePatients({ afterId, lastId }: PollShardInput): Promise<number[]> {
      const { 'ow.max_age_minutes': maxAgeMinutes } = await settings.read();
      const ids: number[] = [];
      for await (const candidates of chunks(afterId, lastId, maxAgeMinutes)) {
        ids.push(...candidates.filter((c) => c.skip === null && c.isDue).map((c) => c.patientId));
        if (ids.length >= SHARD_SIZE) break;
      }
      return ids.slice(0, SHARD_SIZE);
    },

    /** The studies of each of these patients, in their order. */
    studiesOf: (patientIds: readonly number[]) => studiesOfPatients(sql, patientIds),

    async completePoll(pollId: string, mode: string, tally: Tally): Promise<PollResult> {
      const message = `OW poll complete (mode=${mode}). Created ${tally.created} observations.`;
      await endPoll(sql, pollId, { outcome: 'complete', message, ...endOf(tally) });
      events.pollCompleted({ pollId, message });
      return { ...tally, message };
    },

    async refusePoll(pollId: string, refusal: string, tally: Tally): Promise<PollResult> {
      await endPoll(sql, pollId, { outcome: 'refused', message: refusal, ...endOf(tally) });
      events.pollSkipped({ pollId, message: refusal });
      return { ...tally, message: refusal };
    },
  };

  async function* chunks(
    afterId: number,
    lastId: number | null,
    maxAgeMinutes: number,
  ): AsyncGenerator<SweepCandidate[]> {
    for (let after = afterId; ;) {
      const candidates = await sweepCandidates(sql, {
        ...{ afterId: after, lastId, maxAgeMinutes },
        limit: CHUNK_SIZE,
      });
      const last = candidates.at(-1);
      if (last === undefined) return;
      yield candidates;
      after = last.patientId;
    }
  }

  /** A write only for those of whom something is new. Connections end first, so that a stop in between repeats that. */
  async function recordSkipped(pollId: string, candidates: readonly SweepCandidate[]): Promise<void> {
    for (const { patientId, skip, hasConnection } of candidates) {
      if (skip === 'not consented' && hasConnection) await endUnneededConnections(patientId);
    }
    const skips = candidates.flatMap(({ patientId, skip, markedAt, remembered }) =>
      skip === null || (skip === remembered && markedAt === null)
        ? []
        : [{ patientId, outcome: skip, markedAt }],
    );
    if (skips.length > 0) await saveSkips(sql, pollId, skips);
  }

  async function endUnneededConnections(patientId: number): Promise<void> {
    for (const provider of await unneededProviders(sql, patientId)) {
      await orchestration.disconnect({ patientId, provider, asked: false });
    }
  }
}

function endOf({
  patients,
  created,
  amended,
  unchanged,
  rejected,
}: Tally): Omit<PollEnd, 'outcome' | 'message'> {
  return {
    ...{ created, amended, unchanged, rejected },
    read: patients['new data'] + patients['nothing new'],
    inFlight: patients['in flight'],
    notRead: patients['could not read'],
  };
}
