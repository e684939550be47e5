import type { AuditStanding } from '../db/audit-checks.js';
import type { LetterPace, ProviderConnections } from '../db/health.js';
import type { FailureKind } from '../open-wearables/failures.js';
import type { ScheduleState, WorkerState } from '../temporal/oversight.js';

/** How Open Wearables answers; `failure` null: it does, and takes the key. */
export interface UpstreamFacts {
  readonly failure: FailureKind | null;
  readonly ms: number;
}

/** What Open Wearables brought from a device maker in its newest runs, one for each patient. */
export interface ProviderRuns {
  readonly provider: string;
  readonly runs: number;
  /** Runs that brought nothing but errors. */
  readonly failed: number;
  readonly newestAt: Date | null;
  /** When the oldest of the failed ones began. */
  readonly failingSince: Date | null;
}

export interface ProviderFacts extends ProviderConnections {
  /** Whether Open Wearables offers it; undefined when it did not say. */
  readonly isEnabled: boolean | undefined;
  readonly recent: ProviderRuns | undefined;
}

/** What is looked at to judge whether all is well. What could not be asked, since something else is away, is undefined. */
export interface HealthFacts {
  readonly at: Date;
  readonly database: {
    readonly state: 'takes writes' | 'read-only' | 'away';
    readonly waitingMigrations: number;
    readonly ms: number;
  };
  readonly temporal: 'answers' | 'away';
  readonly worker: WorkerState | undefined;
  readonly schedules: readonly ScheduleState[] | undefined;
  readonly reading:
    { readonly isOn: boolean; readonly mode: string; readonly missing: string | null } | undefined;
  readonly upstream: UpstreamFacts | undefined;
  readonly providers: readonly ProviderFacts[] | undefined;
  /** Patients who lost every connection at Open Wearables, which no read has noticed yet. */
  readonly unnoticed: readonly number[];
  readonly notRead: readonly { readonly kind: string; readonly patients: number }[] | undefined;
  readonly letters:
    | (LetterPace & { readonly open: readonly { readonly reason: string; readonly count: number }[] })
    | undefined;
  readonly audit: AuditStanding | undefined;
}
