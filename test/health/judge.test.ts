import { expect, it } from 'vitest';
import type { AuditStanding } from '../../src/db/audit-checks.js';
import { conditions } from '../../src/health/conditions.js';
import type { HealthFacts, ProviderFacts } from '../../src/health/facts.js';
import { isWell, judge } from '../../src/health/judge.js';
import { newestRuns } from '../../src/health/look-at-upstream.js';
import { textOf } from '../house/documents.js';

const at = new Date('2026-11-21T10:07:00Z');
const oura: ProviderFacts = {
  ...{ provider: 'oura', name: 'Oura', active: 112, lost: 0, isEnabled: true },
  recent: { provider: 'oura', runs: 5, failed: 0, newestAt: at, failingSince: null },
};
const schedules = (['poll', 'reconcile', 'heal', 'audit'] as const).map((name) => ({
  ...{ name, state: 'on' as const, note: '', nextAt: at, lastAt: at, skipped: { overlap: 0, catchup: 0 } },
}));
const sound: HealthFacts = {
  at,
  database: { state: 'takes writes', waitingMigrations: 0, ms: 3 },
  temporal: 'answers',
  worker: { state: 'answers', workers: 2 },
  schedules,
  reading: { isOn: true, mode: 'normalized', missing: null },
  upstream: { failure: null, ms: 142 },
  providers: [oura],
  unnoticed: [],
  notRead: [],
  letters: { open: [], lastHour: 0, dayBefore: 0 },
  audit: { checkedAt: at, events: 12, broken: null, uncheckedSince: at },
};

const wrongOf = (changes: Partial<HealthFacts>) =>
  judge({ ...sound, ...changes }).flatMap(({ condition }) => condition ?? []);
const letters = (count: number, lastHour: number, dayBefore: number) => ({
  letters: { open: [{ reason: 'bad-time', count }], lastHour, dayBefore },
});
const daysBefore = (days: number) => new Date(at.getTime() - days * 86_400_000);
const audit = (changes: Partial<AuditStanding>) => ({
  audit: { checkedAt: at, events: 12, broken: null, uncheckedSince: at, ...changes },
});
const failing = { provider: 'oura', runs: 3, failed: 3, newestAt: at, failingSince: at };

it('nothing is wrong where everything is fine', () => {
  expect(judge(sound).filter(({ ok }) => !ok)).toEqual([]);
  expect(isWell(judge(sound))).toBe(true);
});

it.each<[string, Partial<HealthFacts>]>([
  ['database-read-only', { database: { ...sound.database, state: 'read-only' } }],
  ['schema-behind', { database: { ...sound.database, waitingMigrations: 2 } }],
  ['worker-missing', { worker: { state: 'none', workers: 0 } }],
  ['worker-missing', { worker: { state: 'silent', workers: 1 } }],
  ['upstream-worker-missing', { worker: { state: 'no calls', workers: 1 } }],
  ['schedule-paused', { schedules: schedules.map((each) => ({ ...each, state: 'paused' as const })) }],
  ['schedule-missing', { schedules: schedules.map((each) => ({ ...each, state: 'missing' as const })) }],
  ['reading-off', { reading: { isOn: false, mode: 'normalized', missing: null } }],
  ['not-configured', { upstream: { failure: 'NotConfigured', ms: 0 } }],
  ['ow-down', { upstream: { failure: 'ServerError', ms: 0 } }],
  ['key-wrong', { upstream: { failure: 'KeyRejected', ms: 0 } }],
  ['provider-down', { providers: [{ ...oura, recent: failing }] }],
  ['provider-off', { providers: [{ ...oura, isEnabled: false }] }],
  ['connection-expired', { providers: [{ ...oura, lost: 1 }] }],
  ['connection-expired', { unnoticed: [40001] }],
  ['patients-not-read', { notRead: [{ kind: 'NotFound', patients: 1 }] }],
  ['dead-letters-open', letters(14, 4, 0)],
  ['dead-letters-open', letters(300, 30, 720)],
  ['dead-letters-rising', letters(14, 11, 3)],
  ['audit-broken', audit({ broken: { id: 17, why: 'changed' } })],
  ['audit-unchecked', audit({ uncheckedSince: daysBefore(3) })],
  ['audit-unchecked', audit({ checkedAt: null, uncheckedSince: daysBefore(3) })],
])('%s is told, and nothing else', (condition, changes) => {
  expect(wrongOf(changes)).toEqual([condition]);
});

it('what cannot be asked is neither fine nor blamed', () => {
  const away = {
    reading: undefined,
    upstream: undefined,
    providers: undefined,
    letters: undefined,
    notRead: undefined,
    audit: undefined,
  };
  const checks = judge({ ...sound, ...away, database: { ...sound.database, state: 'away' } });
  expect(checks.filter(({ ok }) => !ok).map(({ part, condition }) => [part, condition])).toEqual([
    ['database', 'database-away'],
    ...[
      'reading',
      'Open Wearables',
      'API key',
      'device makers',
      'connections',
      'patients',
      'dead letters',
      'audit trail',
    ].map((part) => [part, null]),
  ]);
});

const run = (user: string, minutesAgo: number, status: string, items: number) => ({
  ...{ run_id: `${user}-${minutesAgo}`, user_id: user, provider: 'oura', source: 'pull', status },
  ...{ items_processed: items, started_at: new Date(at.getTime() - minutesAgo * 60_000).toISOString() },
});

it('of each patient the newest run that has ended counts, and one that brought anything is no failure', () => {
  const runs = [
    run('a', 5, 'in_progress', 0),
    run('a', 65, 'partial', 0),
    run('a', 125, 'success', 12),
    run('b', 10, 'partial', 3),
    run('c', 20, 'failed', 0),
    run('d', 400, 'failed', 0),
  ];
  expect(newestRuns(runs, at.getTime() - 180 * 60_000)).toEqual([
    {
      ...{ provider: 'oura', runs: 3, failed: 2 },
      newestAt: new Date('2026-11-21T09:57:00Z'),
      failingSince: new Date('2026-11-21T09:02:00Z'),
    },
  ]);
});

it.each(Object.entries(conditions))(
  'docs/operations.md has %s with what it means and the next step',
  (name, { means, next }) => {
    const row = textOf('docs/operations.md')
      .split('\n')
      .find((line) => line.startsWith(`| \`${name}\` |`));
    expect(row).toBe(`| \`${name}\` | ${means} | ${next} |`);
  },
);
