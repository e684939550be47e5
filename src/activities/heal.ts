import { cancellationSignal, sleep } from '@temporalio/activity';
import { requestHistory } from '../backfills.js';
import { markDue } from '../db/due-patients.js';
import { connectionsToHeal } from '../db/healing.js';
import type { OpenWearables } from '../open-wearables/client.js';
import type { HealingOutcome, HealingPlace, HealingPlan } from '../workflows/contract.js';
import { requireLinkedPatient } from './connected-patient.js';
import type { ActivityDeps } from './deps.js';

const CHUNK_SIZE = 50;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10_000;
/** How long a run that was asked for may wait in the queue of Open Wearables before nobody expects it any more. */
const QUEUE_MS = 5 * MINUTE_MS;
const RUN_MS = 20 * MINUTE_MS;

/** A vendor account at Open Wearables: the users who connected it. */
interface Account {
  readonly owUserId: string;
  readonly provider: string;
  readonly users: readonly string[];
}

export function healActivities({ sql, settings, openWearables, orchestration, events }: ActivityDeps) {
  return {
    /** The next connections of this night; none when healing is switched off. */
    async planHealing(after: HealingPlace | null): Promise<HealingPlan> {
      const { 'module.ow': enabled, 'ow.heal_days': days } = await settings.read();
      if (!enabled || days === 0) return { days: 0, connections: [] };
      return { days, connections: await connectionsToHeal(sql, after, CHUNK_SIZE) };
    },

    /** What names the vendor account behind a connection; null when Open Wearables does not fetch from it (any more). */
    async healingAccount(place: HealingPlace): Promise<string | null> {
      const account = await accountOf(await openWearables(), place);
      return account === null ? null : `${account.provider}/${account.users[0]}`;
    },

    /**
     * Has Open Wearables fetch the last days of a connection again, waits for the run's end, and has them read again.
     * Beside another run of the same account nothing is asked for. What a run says of its success is not believed.
     */
    async healConnection(place: HealingPlace, days: number): Promise<HealingOutcome> {
      const ow = await openWearables();
      const account = await accountOf(ow, place);
      if (account === null || !(await isIdle(ow, account))) return told(place, 'not possible');
      const before = new Set((await historyRuns(ow, account)).map((run) => run.run_id));
      if (!(await ow.syncHistorical(account.owUserId, place.provider, days, cancellationSignal())))
        return told(place, 'not possible');
      const hasEnded = await runEnds(ow, account, before);
      await markDue(sql, place.patientId, 'healed');
      const to = new Date();
      const from = new Date(to.getTime() - (days + 1) * DAY_MS);
      await requestHistory({ sql, orchestration }, place.patientId, {
        from: from.toISOString(),
        to: to.toISOString(),
        anew: true,
      });
      return told(place, hasEnded ? 'healed' : 'still running');
    },
  };

  function told(place: HealingPlace, outcome: HealingOutcome): HealingOutcome {
    events.healed({ ...place, outcome });
    return outcome;
  }

  async function accountOf(
    ow: OpenWearables,
    { patientId, provider }: HealingPlace,
  ): Promise<Account | null> {
    const { owUserId } = await requireLinkedPatient(sql, patientId);
    const connections = await ow.connections(owUserId, cancellationSignal());
    const connection = connections.find((entry) => entry.provider === provider);
    if (connection?.status !== 'active' || connection.rest_pull === false) return null;
    return { owUserId, provider, users: [owUserId, ...(connection.linked_user_ids ?? [])].sort() };
  }
}

/** The runs of the account's history, its newest included. */
async function historyRuns(ow: OpenWearables, { owUserId, provider }: Account) {
  const runs = await ow.runs(owUserId, cancellationSignal());
  return runs.filter((run) => run.provider === provider && run.source === 'backfill');
}

/** Waits until no run reads the account, whoever connected it; false when one never ends. */
async function isIdle(ow: OpenWearables, { provider, users }: Account): Promise<boolean> {
  return eventually(RUN_MS, async () => {
    for (const user of users) {
      const runs = await ow.runs(user, cancellationSignal());
      if (runs.some((run) => run.provider === provider && run.status === 'in_progress')) return false;
    }
    return true;
  });
}

/** Waits for the end of a run that was not there before; one that never shows is not waited for any longer. */
async function runEnds(ow: OpenWearables, account: Account, before: ReadonlySet<string>): Promise<boolean> {
  const mine = async () => (await historyRuns(ow, account)).filter((run) => !before.has(run.run_id));
  if (!(await eventually(QUEUE_MS, async () => (await mine()).length > 0))) return false;
  return eventually(RUN_MS, async () => (await mine()).every((run) => run.status !== 'in_progress'));
}

/** Asks again and again, with growing pauses, until the answer is yes; false when the time is over. */
async function eventually(forMs: number, isSo: () => Promise<boolean>): Promise<boolean> {
  const end = performance.now() + forMs;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    if (await isSo()) return true;
    if (performance.now() + pause > end) return false;
    await sleep(pause);
  }
}
