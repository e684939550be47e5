import type { OpenWearables } from '../open-wearables/client.js';
import { OpenWearablesFailure } from '../open-wearables/failures.js';
import type { Run, SyncedUser } from '../open-wearables/shapes.js';
import type { ProviderRuns, UpstreamFacts } from './facts.js';

/** What a look at Open Wearables tells; what its version does not tell is undefined. */
export interface UpstreamLook extends UpstreamFacts {
  /** Accounts without an active connection. */
  readonly disconnected: readonly string[];
  readonly enabled: readonly string[] | undefined;
  readonly runs: readonly ProviderRuns[] | undefined;
}

const PATIENCE_MS = 5_000;
/** Of 100 accounts each. */
const PAGES = 20;
const RUNS = 1_000;
const RECENT_MS = 3 * 3_600_000;

/** Asks Open Wearables for a few pages of users, its device makers and what it fetched from them; never throws. */
export async function lookAtUpstream(
  open: () => Promise<OpenWearables>,
  now = Date.now(),
): Promise<UpstreamLook> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const started = performance.now();
  let ms = 0;
  try {
    const ow = await open();
    const disconnected: string[] = [];
    let pages = 0;
    for await (const users of ow.usersBySync(signal)) {
      if (pages === 0) ms = Math.round(performance.now() - started);
      disconnected.push(...users.filter(isDisconnected).map(({ id }) => id));
      pages += 1;
      if (pages === PAGES) break;
    }
    const enabled = await ow.providers(signal).catch(unlessKeyRejected);
    const runs = await ow.allRuns(RUNS, signal).catch(unlessKeyRejected);
    return {
      ...{ failure: null, ms, disconnected },
      enabled: enabled?.map(({ provider }) => provider),
      runs: runs && newestRuns(runs, now - RECENT_MS),
    };
  } catch (thrown) {
    const failure = thrown instanceof OpenWearablesFailure ? thrown.kind : 'TimedOut';
    return { failure, ms, disconnected: [], enabled: undefined, runs: undefined };
  }
}

function isDisconnected({ has_active_connection: isConnected }: SyncedUser): boolean {
  return isConnected === false;
}

function unlessKeyRejected(thrown: unknown): undefined {
  if (thrown instanceof OpenWearablesFailure && thrown.kind === 'KeyRejected') throw thrown;
}

/** The newest run that has ended of each patient, by device maker. */
export function newestRuns(runs: readonly Run[], since: number): ProviderRuns[] {
  const newest = new Map<string, Run>();
  for (const run of runs) {
    if (run.status === 'in_progress' || beginOf(run) < since) continue;
    const place = `${run.provider} ${run.user_id ?? ''}`;
    const known = newest.get(place);
    if (known === undefined || beginOf(known) < beginOf(run)) newest.set(place, run);
  }
  const byProvider = new Map<string, Run[]>();
  for (const run of newest.values())
    byProvider.set(run.provider, [...(byProvider.get(run.provider) ?? []), run]);
  return [...byProvider].map(([provider, latest]) => {
    const failed = latest.filter(broughtOnlyErrors);
    return {
      ...{ provider, runs: latest.length, failed: failed.length },
      newestAt: dateOf(Math.max(...latest.map(beginOf))),
      failingSince: failed.length === 0 ? null : dateOf(Math.min(...failed.map(beginOf))),
    };
  });
}

/** Open Wearables calls a run whose every request failed partial; one that brought anything is none. */
function broughtOnlyErrors({ status, items_processed: items }: Run): boolean {
  return (status === 'partial' || status === 'failed') && (items ?? 0) === 0;
}

function beginOf({ started_at: startedAt }: Run): number {
  return Date.parse(startedAt ?? '') || 0;
}

function dateOf(time: number): Date | null {
  return time > 0 ? new Date(time) : null;
}
