import { activityInfo, heartbeat, sleep } from '@temporalio/activity';
import { ensureAccount } from '../accounts.js';
import { connectionsOf } from '../db/connections.js';
import { expireInvitation, renewableOf } from '../db/invitations.js';
import { keepSteps } from '../db/onboarding-progress.js';
import { connectableSources } from '../db/patients.js';
import { issueInvitationFor } from '../invitations.js';
import { reasonAgainst } from '../usable-devices.js';
import type { BackfillProgress } from '../workflows/contract.js';
import type { KeptProgress } from '../workflows/onboarding-contract.js';
import type { ActivityDeps } from './deps.js';

const LOOK_EVERY_MS = 1_000;
/** Before the activity would time out. */
const LOOK_FOR_MS = 10 * 60_000;

export function onboardingActivities(deps: ActivityDeps) {
  const { sql, openWearables, orchestration, siteUrl } = deps;
  return {
    /** Finds or creates the account at Open Wearables and remembers it. */
    async ensureWearablesUser(patientId: number): Promise<void> {
      await ensureAccount({ sql, openWearables }, patientId);
    },

    /** Ends an invitation whose time is over; answers what became of it, which need not be that. */
    async expireInvitation(invitationId: number): Promise<string> {
      return expireInvitation(sql, invitationId);
    },

    /** How many wearables this patient can choose from now. */
    async countUsableDevices(patientId: number): Promise<number> {
      const offered = await (await openWearables()).providers();
      const connections = await connectionsOf(sql, patientId);
      const sources = await connectableSources(sql, patientId);
      return sources.filter((source) => reasonAgainst(source, offered, connections) === undefined).length;
    },

    /** Waits for the end of the patient's backfill; answers `running` when it takes long, `none` when there is none. */
    async awaitFirstRead(patientId: number): Promise<'done' | 'cancelled' | 'failed' | 'running' | 'none'> {
      const until = activityInfo().currentAttemptScheduledTimestampMs + LOOK_FOR_MS;
      for (;;) {
        const progress = await orchestration.backfillProgress(patientId);
        if (progress === undefined) return 'none';
        if (isEnd(progress.state)) return progress.state;
        if (Date.now() > until) return 'running';
        heartbeat(progress.percent);
        await sleep(LOOK_EVERY_MS);
      }
    },

    async keepProgress({ invitationId, steps }: KeptProgress): Promise<void> {
      await keepSteps(sql, invitationId, steps);
    },

    /**
     * The invitation that a patient's fresh link is for: one that is open or was redeemed, else a new one in place of
     * one that expired. Null: there is none, or the study team took it back.
     */
    async renewInvitation(patientId: number): Promise<number | null> {
      const renewable = await renewableOf(sql, patientId);
      if (renewable === undefined) return null;
      if (renewable.status !== 'expired') return renewable.id;
      const { client, issuedBy } = renewable;
      const issued = await issueInvitationFor(
        { ...deps, config: { SITE_URL: siteUrl } },
        { patientId, client, issuedBy },
      );
      return issued.id;
    },
  };
}

function isEnd(state: BackfillProgress['state']): state is 'done' | 'cancelled' | 'failed' {
  return state === 'done' || state === 'cancelled' || state === 'failed';
}
