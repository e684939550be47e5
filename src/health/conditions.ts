/** ok: fine. busy: heals by itself. warn: a person must act. bad: it failed and stays so. */
export type Severity = 'ok' | 'busy' | 'warn' | 'bad';

export interface Condition {
  readonly severity: Exclude<Severity, 'ok'>;
  /** What it means for the data. */
  readonly means: string;
  /** What to do. */
  readonly next: string;
}

/** Everything that can be wrong, by name: what it means, and the next step. */
export const conditions = {
  'database-away': {
    severity: 'bad',
    means: 'Nothing can be read, stored or shown. Nothing is lost: polls go on from where they stopped.',
    next: 'Start Postgres, or correct DATABASE_URL; `doctor` tells what it answers.',
  },
  'database-read-only': {
    severity: 'bad',
    means: 'Nothing can be stored, no consent recorded. Nothing is lost: what comes meanwhile is read later.',
    next: 'Let it take writes again: end the failover, free disk space, or unset default_transaction_read_only.',
  },
  'schema-behind': {
    severity: 'bad',
    means: 'This version needs tables that the database does not have yet.',
    next: 'Run `migrate`.',
  },
  'temporal-away': {
    severity: 'bad',
    means: 'No poll starts, nobody can be invited or connected. What runs goes on when it is back.',
    next: 'Start Temporal, or correct TEMPORAL_ADDRESS.',
  },
  'worker-missing': {
    severity: 'bad',
    means: 'No worker takes the work: polls, connects and history wait. Nothing is lost.',
    next: 'Start one with `worker` or `serve`, and look at its log for why the last one ended.',
  },
  'upstream-worker-missing': {
    severity: 'bad',
    means:
      'Workers run, but none that calls Open Wearables: polls, connects and history wait. Nothing is lost.',
    next: 'Stop the workers, which are of an earlier version, and start `worker` or `serve` of this one.',
  },
  'schedule-missing': {
    severity: 'warn',
    means: 'What should run by the clock was never planned.',
    next: 'Start a worker: it makes the schedules.',
  },
  'schedule-paused': {
    severity: 'warn',
    means:
      'It does not run by the clock until somebody resumes it. Nothing is lost: the next poll catches up.',
    next: 'Run `schedule resume`, or press Resume on the page Sync health.',
  },
  'reading-off': {
    severity: 'warn',
    means: 'Polls read nothing while it is off. Nothing is lost: the next poll catches up.',
    next: 'Run `settings set module.ow true`, or turn it on in the settings.',
  },
  'not-configured': {
    severity: 'warn',
    means: 'Nothing can be read before it is set.',
    next: 'Set it in the settings, or with `settings set`.',
  },
  'ow-down': {
    severity: 'busy',
    means:
      'Nobody can be read or connected. Nothing is lost: polls go on from where they stopped, by themselves.',
    next: 'Look at Open Wearables if it lasts longer than an hour.',
  },
  'key-wrong': {
    severity: 'bad',
    means: 'Open Wearables refuses our key: nobody can be read or connected until it is replaced.',
    next: 'Make a new key at Open Wearables; `settings set ow.api_key` reads it from standard input. No restart.',
  },
  'provider-down': {
    severity: 'busy',
    means: 'Its patients get no new data. Nothing is lost: Open Wearables fetches it when the maker is back.',
    next: 'Nothing, unless it lasts a day: then see the log of Open Wearables, and set ow.heal_days.',
  },
  'provider-off': {
    severity: 'warn',
    means: 'Studies use this maker or patients have it connected, but Open Wearables does not offer it.',
    next: 'Turn it on at Open Wearables, or take it out of the studies.',
  },
  'connection-expired': {
    severity: 'warn',
    means: 'The maker ended our access: these patients get no new data until they sign in there again.',
    next: 'Ask them to reconnect: `patients --attention` lists them; `invite` makes a fresh link.',
  },
  'patients-not-read': {
    severity: 'busy',
    means: 'They are tried again at every poll; what they have meanwhile is read then.',
    next: 'See `patients --attention` if it stays for more than an hour.',
  },
  'dead-letters-rising': {
    severity: 'bad',
    means: 'Samples come in a form that nothing converts. They are kept, and block nothing else.',
    next: 'See `dead-letters list`: mend the source or the conversion, then retry them all.',
  },
  'dead-letters-open': {
    severity: 'warn',
    means: 'Samples that could not be converted wait for a decision. They block nothing else.',
    next: 'See `dead-letters list`: retry or discard them.',
  },
  'audit-broken': {
    severity: 'bad',
    means:
      'Somebody changed or removed what was recorded, past this service: who read what is not proven any more.',
    next: 'Keep the database and the logs as they are, and run `audit verify`; it stays told until the trail is mended, or the break acknowledged.',
  },
  'audit-unchecked': {
    severity: 'warn',
    means: 'Whether the audit trail is as it was recorded has not been looked at for two days.',
    next: 'Run `schedule run audit`; when it fails, look at its run in Temporal.',
  },
} as const satisfies Record<string, Condition>;

export type ConditionName = keyof typeof conditions;
