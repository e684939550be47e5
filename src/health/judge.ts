import { breakWords } from '../audit/break-words.js';
import { minuteOf } from '../minute-of.js';
import { type ConditionName, conditions, type Severity } from './conditions.js';
import type { HealthFacts, ProviderFacts } from './facts.js';

export const parts = [
  'database',
  'Temporal',
  'workers',
  'schedules',
  'reading',
  'Open Wearables',
  'API key',
  'device makers',
  'connections',
  'patients',
  'dead letters',
  'audit trail',
] as const;
export type Part = (typeof parts)[number];

/** One line of the answer to "is all well". */
export interface Check {
  readonly part: Part;
  readonly ok: boolean;
  readonly severity: Severity;
  /** Null: fine, or not to be told at the moment. */
  readonly condition: ConditionName | null;
  readonly says: string;
  readonly means: string | null;
  readonly next: string | null;
}

type Judgement = (facts: HealthFacts) => Check;

/** Fewer than this in an hour are everyday noise. */
const MANY_LETTERS = 5;
/** Rising: so many times as many in the last hour as in an hour of the day before. */
const RISE = 3;

/** A night may be missed. */
const UNCHECKED_MS = 48 * 3_600_000;

/** What the facts mean, part by part. */
export function judge(facts: HealthFacts): readonly Check[] {
  return parts.map((part) => judgements[part](facts));
}

export function isWell(checks: readonly Check[]): boolean {
  return checks.every(({ ok }) => ok);
}

const judgements: Readonly<Record<Part, Judgement>> = {
  database({ database: { state, waitingMigrations, ms } }) {
    if (state === 'away') return wrong('database', 'database-away', 'does not answer');
    if (state === 'read-only') return wrong('database', 'database-read-only', 'answers, but takes no writes');
    const waiting = `${waitingMigrations} migration(s) wait`;
    if (waitingMigrations > 0) return wrong('database', 'schema-behind', waiting);
    return fine('database', `takes writes in ${ms} ms, schema is up to date`);
  },
  Temporal({ temporal }) {
    if (temporal === 'away') return wrong('Temporal', 'temporal-away', 'does not answer');
    return fine('Temporal', 'answers');
  },
  workers({ worker }) {
    if (worker === undefined) return untold('workers', 'Temporal');
    if (worker.state === 'none') return wrong('workers', 'worker-missing', 'none asks for work');
    if (worker.state === 'silent') return wrong('workers', 'worker-missing', 'none answers');
    if (worker.state === 'no calls')
      return wrong(
        'workers',
        'upstream-worker-missing',
        `${worker.workers}, and none takes calls of Open Wearables`,
      );
    return fine('workers', worker.workers === 1 ? '1 answers' : `${worker.workers}, and they answer`);
  },
  schedules({ schedules }) {
    if (schedules === undefined) return untold('schedules', 'Temporal');
    const named = (wanted: string) => schedules.filter(({ state }) => state === wanted);
    const paused = named('paused').map(({ name, note }) => (note === '' ? name : `${name} (${note})`));
    const missing = named('missing').map(({ name }) => name);
    if (missing.length > 0) return wrong('schedules', 'schedule-missing', `missing: ${missing.join(', ')}`);
    if (paused.length > 0) return wrong('schedules', 'schedule-paused', `paused: ${paused.join(', ')}`);
    const next = schedules.find(({ name }) => name === 'poll')?.nextAt;
    return fine('schedules', `all on, next poll ${next ? minuteOf(next) : 'not planned'}`);
  },
  reading({ reading }) {
    if (reading === undefined) return untold('reading', 'the database');
    if (!reading.isOn) return wrong('reading', 'reading-off', 'module.ow is off');
    if (reading.missing !== null) return wrong('reading', 'not-configured', reading.missing);
    return fine('reading', `on, mode ${reading.mode}`);
  },
  'Open Wearables'({ upstream }) {
    if (upstream === undefined) return untold('Open Wearables', 'the database');
    const { failure, ms } = upstream;
    if (failure === 'NotConfigured')
      return wrong('Open Wearables', 'not-configured', 'ow.api_url or ow.api_key is not set');
    // Who refuses the key answers.
    if (failure === null || failure === 'KeyRejected') return fine('Open Wearables', `answers in ${ms} ms`);
    return wrong('Open Wearables', 'ow-down', `cannot be asked: ${failure}`);
  },
  'API key'({ upstream }) {
    if (upstream?.failure === 'KeyRejected') return wrong('API key', 'key-wrong', 'is refused');
    if (upstream === undefined || upstream.failure !== null) return untold('API key', 'Open Wearables');
    return fine('API key', 'is accepted');
  },
  'device makers'({ providers }) {
    if (providers === undefined) return untold('device makers', 'the database');
    const connected = providers.filter(({ active }) => active > 0);
    const down = connected.filter(isDown);
    if (down.length > 0) return wrong('device makers', 'provider-down', down.map(downWords).join('; '));
    const off = providers.filter(({ isEnabled }) => isEnabled === false).map(({ name }) => name);
    if (off.length > 0)
      return wrong('device makers', 'provider-off', `not offered by Open Wearables: ${off.join(', ')}`);
    if (connected.length === 0) return fine('device makers', 'none is connected yet');
    return fine(
      'device makers',
      connected.map(({ name, active }) => `${name} works, ${active} connected`).join('; '),
    );
  },
  connections({ providers, unnoticed }) {
    if (providers === undefined) return untold('connections', 'the database');
    const lost = providers.filter((provider) => provider.lost > 0);
    const told = lost.map((provider) => `${provider.lost} of ${provider.name}`);
    if (unnoticed.length > 0) told.push(`${unnoticed.length} seen just now`);
    if (told.length > 0)
      return wrong('connections', 'connection-expired', `need reconnecting: ${told.join(', ')}`);
    const active = providers.reduce((sum, provider) => sum + provider.active, 0);
    return fine('connections', `${active} active, none lost`);
  },
  patients({ notRead }) {
    if (notRead === undefined) return untold('patients', 'the database');
    const total = notRead.reduce((sum, { patients }) => sum + patients, 0);
    if (total === 0) return fine('patients', 'everybody due could be read');
    const kinds = notRead.map(({ kind, patients }) => `${patients} ${kind}`).join(', ');
    return wrong('patients', 'patients-not-read', `${total} could not be read: ${kinds}`);
  },
  'dead letters'({ letters }) {
    if (letters === undefined) return untold('dead letters', 'the database');
    const { open, lastHour, dayBefore } = letters;
    const total = open.reduce((sum, { count }) => sum + count, 0);
    const reasons = open.map(({ reason, count }) => `${count} ${reason}`).join(', ');
    const isRising = lastHour >= MANY_LETTERS && lastHour > (RISE * dayBefore) / 24;
    if (total > 0 && isRising)
      return wrong(
        'dead letters',
        'dead-letters-rising',
        `${total} open, ${lastHour} new in the last hour: ${reasons}`,
      );
    if (total > 0) return wrong('dead letters', 'dead-letters-open', `${total} open: ${reasons}`);
    return fine('dead letters', 'none is open');
  },
  'audit trail'({ at, audit }) {
    if (audit === undefined) return untold('audit trail', 'the database');
    const { checkedAt, events, broken, uncheckedSince } = audit;
    if (broken !== null)
      return wrong('audit trail', 'audit-broken', `broken at event ${broken.id}: ${breakWords[broken.why]}`);
    if (uncheckedSince !== null && at.getTime() - uncheckedSince.getTime() > UNCHECKED_MS)
      return wrong('audit trail', 'audit-unchecked', `not looked at since ${minuteOf(uncheckedSince)}`);
    if (checkedAt === null) return fine('audit trail', 'is checked tonight for the first time');
    return fine('audit trail', `${events} events whole at ${minuteOf(checkedAt)}`);
  },
};

/** Every patient's newest run brought nothing but errors. */
export function isDown({ recent }: ProviderFacts): boolean {
  return recent !== undefined && recent.runs > 0 && recent.failed === recent.runs;
}

function downWords({ name, active, recent }: ProviderFacts): string {
  const since = recent?.failingSince ? ` since ${minuteOf(recent.failingSince)}` : '';
  return `${name} brings nothing${since}, ${active} connected`;
}

function fine(part: Part, says: string): Check {
  return { part, ok: true, severity: 'ok', condition: null, says, means: null, next: null };
}

function wrong(part: Part, condition: ConditionName, says: string): Check {
  return { part, ok: false, condition, says, ...conditions[condition] };
}

/** Not fine, and not wrong by itself: what is away is told by its own check. */
function untold(part: Part, away: string): Check {
  return {
    ...{ part, ok: false, severity: 'busy', condition: null },
    ...{ says: `cannot be told without ${away}`, means: null, next: null },
  };
}
