import type { Registry } from 'prom-client';
import { type Figures, figuresOf } from './db/figures.js';
import type { Sql } from './db/sql.js';
import { conditions } from './health/conditions.js';
import type { Health, Verdict } from './health/health.js';
import { measuredCounter, measuredGauge, type Values } from './telemetry.js';

export interface InstallationDeps {
  readonly sql: Sql;
  readonly health: Pick<Health, 'lately'>;
}

/** The figures of a scrape are one statement. */
const FRESH_MS = 1_000;
/** A database that hangs holds up no scrape. */
const PATIENCE_MS = 2_000;

/**
 * Shows what is measured of the installation, not of this process: every API process tells the same. What cannot be told
 * at the moment is absent.
 */
export function showInstallation(registry: Registry, { sql, health }: InstallationDeps): void {
  if (registry.getSingleMetric('wearable_exchange_condition') !== undefined) return;
  showFigures(registry, sql);
  showVerdict(registry, health);
}

function showFigures(registry: Registry, sql: Sql): void {
  let known: { readonly at: number; readonly figures: Promise<Figures | undefined> } | undefined;
  const told = (name: keyof Figures) => async (): Promise<Values> => {
    if (known === undefined || performance.now() - known.at > FRESH_MS)
      known = { at: performance.now(), figures: within(figuresOf(sql)) };
    const value = (await known.figures)?.[name];
    return value == null ? [] : [[{}, value]];
  };
  measuredGauge(registry, {
    ...{ name: 'cursor_lag_seconds', ask: told('cursorLag') },
    help: 'How long ago the time is up to which the patient who is furthest behind has been read',
  });
  measuredGauge(registry, {
    ...{ name: 'poll_age_seconds', ask: told('sincePoll') },
    help: 'Since the newest poll ended that was complete',
  });
  measuredGauge(registry, {
    ...{ name: 'due_patients', ask: told('due') },
    help: 'Patients who are marked to be read, of which 100,000 are counted at most',
  });
}

/** What the look at everything (`status`) found, which is a minute old at most. */
function showVerdict(registry: Registry, health: InstallationDeps['health']): void {
  const told = (values: (verdict: Verdict) => Values) => async () => {
    const verdict = await within(health.lately());
    return verdict === undefined ? [] : values(verdict);
  };
  measuredGauge(registry, {
    ...{ name: 'looked_at_seconds', help: 'When the conditions were looked at, as Unix time' },
    ask: told(({ facts }) => [[{}, facts.at.getTime() / 1000]]),
  });
  measuredGauge(registry, {
    ...{ name: 'condition', labelNames: ['condition', 'severity'] },
    help: 'Whether a condition of `status` holds: 1 or 0',
    ask: told(({ checks }) => {
      const holding = new Set<string | null>(checks.map(({ condition }) => condition));
      return Object.entries(conditions).map(([condition, { severity }]) => [
        { condition, severity },
        Number(holding.has(condition)),
      ]);
    }),
  });
  measuredGauge(registry, {
    ...{ name: 'dead_letters_open', help: 'Dead letters that wait for a decision', labelNames: ['reason'] },
    ask: told(({ facts }) => facts.letters?.open.map(({ reason, count }) => [{ reason }, count]) ?? []),
  });
  measuredGauge(registry, {
    ...{ name: 'patients_not_read', help: 'Patients who could not be read', labelNames: ['kind'] },
    ask: told(({ facts }) => facts.notRead?.map(({ kind, patients }) => [{ kind }, patients]) ?? []),
  });
  measuredCounter(registry, {
    ...{ name: 'schedule_skips', labelNames: ['schedule', 'reason'] },
    help: 'Runs by the clock that did not begin: one ran still, or Temporal was away for longer than is made up for',
    ask: told(({ facts }) =>
      (facts.schedules ?? []).flatMap(({ name: schedule, skipped }) =>
        Object.entries(skipped).map(([reason, count]) => [{ schedule, reason }, count] as const),
      ),
    ),
  });
}

async function within<Result>(asked: Promise<Result>): Promise<Result | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, undefined);
  });
  return Promise.race([asked.catch(() => undefined), late]).finally(() => {
    clearTimeout(timer);
  });
}
