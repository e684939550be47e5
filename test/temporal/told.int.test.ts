import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { performJourney } from '../../dev/journey/journey.js';
import { STUDY } from '../../dev/journey/stage.js';
import { until } from '../../dev/journey/until.js';
import { playErasures } from '../../dev/play-erasures.js';
import { playAttempts, playLetters } from '../../dev/play-invitations.js';
import { playNights } from '../../dev/play-nights.js';
import { ensureDemoPatients } from '../../src/db/seed/demo-patients.js';
import { SEED_PASSWORD } from '../../src/db/seed/world.js';
import { connectTemporal } from '../../src/temporal/connection.js';
import * as workflows from '../../src/workflows/index.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { RawBrowser } from '../web/raw-browser.js';

type History = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>;
type HistoryEvent = NonNullable<History['events']>[number];

/** What Temporal's UI shows of a run. */
interface Shown {
  readonly type: string;
  readonly run: WorkflowExecutionInfo;
  readonly events: readonly HistoryEvent[];
  readonly isContinued: boolean;
  readonly goesOn: boolean;
  readonly details: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

const DAY_MS = 86_400_000;
const LINK = /\]\((.*?)\)/g;

let world: TestWorld;
let temporal: { client: Client; close: () => Promise<void> };
let shown: readonly Shown[];

beforeAll(async () => {
  world = await startTestWorld();
  temporal = await connectTemporal(world.config);
  await everythingRuns();
  shown = await everythingShown();
}, 300_000);
afterAll(async () => {
  await temporal.close();
  await world.close();
});

/** The journey, and whatever else begins a workflow: nights, letters, attempts, and more history than a run reads. */
async function everythingRuns(): Promise<void> {
  const { app, sandbox } = world;
  const [first, second, third] = await ensureDemoPatients(app.sql, { ...STUDY, count: 3 });
  if (first === undefined || second === undefined || third === undefined)
    throw new Error('the demonstration patients are missing');
  const report = () => undefined;
  await performJourney({ world, sandbox, patientId: first.id, report });
  await app.orchestration.pauseSchedule('every poll is asked for');
  await playNights(world, sandbox);
  const to = new Date();
  const from = new Date(to.getTime() - 52 * 7 * DAY_MS);
  await app.orchestration.requestBackfill(first.id, { from: from.toISOString(), to: to.toISOString() });
  await app.orchestration.disconnect({ patientId: first.id, provider: 'oura', asked: true });
  await playLetters(world, first.id, second.id);
  await playAttempts(world, second.id);
  await playErasures(world, sandbox, third.id);
  await until(
    'every workflow has ended',
    async () => (await temporal.client.workflow.count("ExecutionStatus = 'Running'")).count === 0,
    120_000,
  );
}

async function everythingShown(): Promise<Shown[]> {
  const found: Shown[] = [];
  for await (const run of temporal.client.workflow.list()) {
    const handle = temporal.client.workflow.getHandle(run.workflowId, run.runId);
    const { events } = await handle.fetchHistory();
    const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
    const start = events?.[0]?.workflowExecutionStartedEventAttributes;
    found.push({
      ...{ type: run.type, run, events: events ?? [], details: currentDetails },
      isContinued: Boolean(start?.continuedExecutionRunId),
      goesOn: run.status.name === 'CONTINUED_AS_NEW',
      attributes: Object.fromEntries(
        run.typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]),
      ),
    });
  }
  return found;
}

function said(event: HistoryEvent | undefined, what: 'summary' | 'details'): string {
  const payload = event?.userMetadata?.[what];
  return payload ? String(defaultPayloadConverter.fromPayload(payload)) : '';
}

const lacking = (runs: readonly Shown[], isTold: (run: Shown) => boolean) => [
  ...new Set(runs.filter((run) => !isTold(run)).map(({ type }) => type)),
];

it('every workflow there is has run', () => {
  expect([...new Set(shown.map(({ type }) => type))].sort()).toEqual(Object.keys(workflows).sort());
  expect(shown.some(({ isContinued }) => isContinued)).toBe(true);
});

it('every activity and every timer says what it is for', () => {
  const silent = shown.flatMap(({ type, events }) =>
    events
      .filter((event) => event.activityTaskScheduledEventAttributes ?? event.timerStartedEventAttributes)
      .filter((event) => said(event, 'summary').length < 5)
      .map(
        (event) => `${type}: ${event.activityTaskScheduledEventAttributes?.activityType?.name ?? 'a timer'}`,
      ),
  );
  expect([...new Set(silent)]).toEqual([]);
});

it('every run says what it is, and at its end how far it came', () => {
  expect(
    lacking(shown, ({ isContinued, events }) => isContinued || said(events[0], 'summary') !== ''),
  ).toEqual([]);
  expect(lacking(shown, ({ details }) => details !== '')).toEqual([]);
  const detailsOf = (type: string) => shown.filter((run) => run.type === type).map(({ details }) => details);
  expect(detailsOf('pollShard')).toContainEqual(
    expect.stringMatching(/^1 of 1 patients, 0 failed, \d+ new observations$/),
  );
  expect(detailsOf('backfill')).toContainEqual(expect.stringMatching(/^done, 100 %: \d+ of \d+ days, /));
});

it('every run leads back to a page of ours that is there', async () => {
  const linksOf = ({ events, details }: Shown) => [
    ...`${said(events[0], 'details')} ${details}`.matchAll(LINK),
  ];
  expect(lacking(shown, (run) => linksOf(run).length > 0)).toEqual([]);
  const signedIn = (email: string) => RawBrowser.signIn(world, email, SEED_PASSWORD);
  const [operator, manager] = await Promise.all(
    ['admin@example.com', 'manager_mary@example.com'].map(signedIn),
  );
  const addresses = new Set(shown.flatMap(linksOf).map(([, address = '']) => address));
  expect(addresses.size).toBe(3);
  for (const address of addresses) {
    expect(new URL(address).origin).toBe(world.config.SITE_URL);
    const { pathname } = new URL(address);
    // A patient's page is for the patient's organization.
    const reader = pathname.startsWith('/admin/patients/') ? manager : operator;
    expect((await reader?.get(pathname))?.status, address).toBe(200);
  }
});

it("every run is found by what began it, a patient's by patient and study, every end by its outcome", () => {
  // A shard belongs to its poll.
  expect(lacking(shown, ({ type, attributes }) => type === 'pollShard' || 'StartedBy' in attributes)).toEqual(
    [],
  );
  const ofNobody = ['checkAudit', 'heal', 'poll', 'pollShard', 'reconcile'];
  const ofPatients = shown.filter(({ type }) => !ofNobody.includes(type));
  expect(lacking(ofPatients, ({ attributes }) => 'PatientRef' in attributes)).toEqual([]);
  expect(lacking(ofPatients, ({ attributes }) => Array.isArray(attributes['StudyRef']))).toEqual([]);
  const ofMakers = shown.filter(({ type }) => type === 'connect' || type === 'disconnect');
  expect(lacking(ofMakers, ({ attributes }) => attributes['Provider'] === 'oura')).toEqual([]);
  // A patient's read that went well has none: it would cost three events each.
  const ended = shown.filter(({ goesOn, type }) => !goesOn && type !== 'pollPatient');
  expect(lacking(ended, ({ attributes }) => 'Outcome' in attributes)).toEqual([]);
});

it('every run tells its progress when it is asked', async () => {
  for (const type of Object.keys(workflows)) {
    const { run } = shown.find((each) => each.type === type && !each.goesOn) ?? {};
    const handle = temporal.client.workflow.getHandle(run?.workflowId ?? '', run?.runId);
    expect(await handle.query('progress'), type).toBeTruthy();
  }
});
