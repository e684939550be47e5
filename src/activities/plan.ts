import { findConcept } from '../db/studies.js';
import { unneededProviders } from '../db/connections.js';
import { savePatientSyncs, sweepCandidates, type SweepCandidate } from '../db/patient-sync.js';
import type { PollPlan, PollResult, PollShardInput, Shard, Tally } from '../workflows/contract.js';
import type { ActivityDeps } from './deps.js';

const SHARD_SIZE = 250;
const CHUNK_SIZE = 1000;
const HEART_RATE = 'omh:heart-rate:2.0';

export function planActivities({ sql, settings, openWearables, orchestration, events }: ActivityDeps) {
  return {
    /** Who is read in this poll; also remembers why the others are not, and ends connections nobody needs. */
    async planPoll(pollId: string): Promise<PollPlan> {
      const { 'module.ow': enabled, 'ow.ingest_mode': mode } = await settings.read();
      const refuse = (refusal: string): PollPlan => ({ refusal, mode, due: 0, shards: [], skipped: {} });
      if (!enabled) return refuse('OW poll skipped: module.ow=false');
      if (mode === 'raw')
        return refuse('ow_poll aborted: ow.ingest_mode=raw is not available in this version');
      if ((await findConcept(sql, HEART_RATE)) === undefined)
        return refuse(`CodeableConcept '${HEART_RATE}' not found`);
      await (await openWearables()).probe();

      const shards: Shard[] = [];
      const skipped = { 'not consented': 0, 'not connected': 0 };
      let due: number[] = [];
      let afterId = 0;
      const closeShard = () => {
        const lastId = due.at(-1);
        if (lastId === undefined) return;
        shards.push({ afterId: shards.at(-1)?.lastId ?? 0, lastId, patients: due.length });
        due = [];
      };
      for (;;) {
        const candidates = await sweepCandidates(sql, afterId, CHUNK_SIZE);
        if (candidates.length === 0) break;
        afterId = candidates.at(-1)?.patientId ?? afterId;
        for (const { patientId, skip } of candidates) {
          if (skip !== null) skipped[skip] += 1;
          else if (due.push(patientId) === SHARD_SIZE) closeShard();
        }
        await recordSkipped(pollId, candidates);
      }
      closeShard();
      return {
        refusal: null,
        mode,
        due: shards.reduce((sum, shard) => sum + shard.patients, 0),
        shards,
        skipped,
      };
    },

    /** The patients of a shard that are still due. */
    async duePatients({ afterId, lastId, patients }: PollShardInput): Promise<number[]> {
      const ids: number[] = [];
      for (let after = afterId; after < lastId;) {
        const candidates = await sweepCandidates(sql, after, patients);
        if (candidates.length === 0) break;
        after = candidates.at(-1)?.patientId ?? lastId;
        ids.push(
          ...candidates.filter((c) => c.skip === null && c.patientId <= lastId).map((c) => c.patientId),
        );
      }
      return ids;
    },

    async completePoll(pollId: string, mode: string, tally: Tally): Promise<PollResult> {
      const message = `OW poll complete (mode=${mode}). Created ${tally.created} observations.`;
      events.pollCompleted({ pollId, message });
      return Promise.resolve({ ...tally, message });
    },

    async refusePoll(pollId: string, refusal: string, tally: Tally): Promise<PollResult> {
      events.pollSkipped({ pollId, message: refusal });
      return Promise.resolve({ ...tally, message: refusal });
    },
  };

  async function recordSkipped(pollId: string, candidates: readonly SweepCandidate[]): Promise<void> {
    const skipped = candidates.flatMap(({ patientId, skip }) =>
      skip === null ? [] : [{ patientId, outcome: skip, pollId, created: 0, failure: null }],
    );
    if (skipped.length > 0) await savePatientSyncs(sql, skipped);
    for (const { patientId, outcome } of skipped) {
      if (outcome === 'not consented') await endUnneededConnections(patientId);
    }
  }

  async function endUnneededConnections(patientId: number): Promise<void> {
    for (const provider of await unneededProviders(sql, patientId)) {
      await orchestration.disconnect({ patientId, provider, asked: false });
    }
  }
}
