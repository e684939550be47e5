import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Stage } from '../dev/journey/stage.js';
import { acceptInvitation, agreeToHeartRate, connectOura } from '../dev/journey/patient-pages.js';
import type { Page } from '../dev/journey/visitor.js';
import { until } from '../dev/journey/until.js';
import { freePort } from '../dev/servers/ports.js';
import { startTemporal, type TemporalServer } from '../dev/servers/temporal.js';
import { beginErasure } from '../src/begin-erasure.js';
import { findClient } from '../src/db/clients.js';
import { erasureOfPatient } from '../src/db/erasures.js';
import { sendInvitation } from '../src/invitations.js';
import { openApp } from '../src/app.js';
import { createLogger } from '../src/logger.js';
import { recover, type Recovered } from '../src/recovery.js';
import { requestHistory } from '../src/backfills.js';
import { endConnection } from '../src/connection-endings.js';
import { startTestWorld, type TestWorld } from './helpers/test-world.js';
import { agreedPatient, leaveForOura, newPatient, redeemedPatient } from './web/stages.js';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const DAY_MS = 86_400_000;

let port: number;
let temporal: TemporalServer;
let world: TestWorld;

beforeAll(async () => {
  port = await freePort();
  temporal = await emptyTemporal();
  world = await startTestWorld({ TEMPORAL_ADDRESS: temporal.address });
  await world.app.orchestration.pauseSchedule('only what a test asks for');
});
afterAll(async () => {
  await world.close();
  await temporal.stop();
});

/** Keeps everything in memory: when it stops, all of it is lost. */
const emptyTemporal = () => startTemporal({ port, uiPort: null, say: () => undefined });

async function loseTemporal(): Promise<void> {
  await temporal.stop();
  temporal = await emptyTemporal();
}

/** What a command that starts now works with: it makes a new Temporal what the service needs. */
const commandApp = () => openApp(world.config, createLogger({ level: 'silent' }));

async function recoverAsACommand(): Promise<Recovered> {
  const app = await commandApp();
  try {
    return await recover(app);
  } finally {
    await app.close();
  }
}

/** Open Wearables does not answer what matches, until it is well again. */
const refuse = (path: RegExp, method = 'GET') => {
  world.sandbox.control.faults.failNext({ path, method }, { status: 503 }, 1_000_000);
};

async function mailedInvitation(): Promise<Stage> {
  const stage = await newPatient(world);
  const client = await findClient(world.app.sql, 6);
  if (client === undefined) throw new Error('the seeded client is missing');
  await sendInvitation(world.app, { patientId: stage.patientId, client, issuedBy: 10002 });
  await until('the letter is out', () => Promise.resolve(world.mail.caught.length === 1));
  return stage;
}

async function connectedPatient(): Promise<Stage> {
  const stage = await agreedPatient(world);
  await connectOura(stage);
  await until(
    'the history is read',
    async () => {
      const progress = await world.app.orchestration.backfillProgress(stage.patientId);
      return progress?.state === 'done';
    },
    90_000,
  );
  return stage;
}

async function outcomesOfHistory(patientId: number): Promise<(string | null)[]> {
  const rows = await world.app.sql<{ outcome: string | null }[]>`
    select outcome from backfill_requests where patient_id = ${patientId} order by id`;
  return rows.map(({ outcome }) => outcome);
}

it('a Temporal that lost everything goes on where the database says everybody is', async () => {
  const { app, sandbox } = world;
  const invited = await mailedInvitation();
  const waiting = await redeemedPatient(world);
  const leaving = await agreedPatient(world);
  const vendor = await leaveForOura(leaving);
  const [reading, disconnecting, erased] = [
    await connectedPatient(),
    await connectedPatient(),
    await connectedPatient(),
  ];
  refuse(/timeseries|events/);
  refuse(/connections/, 'DELETE');
  refuse(new RegExp(`users/${await erased.owUserId()}`), 'DELETE');
  const from = new Date(Date.now() - 30 * DAY_MS).toISOString();
  await requestHistory(app, reading.patientId, { from, to: new Date().toISOString(), anew: true });
  const gone = { patientId: disconnecting.patientId, provider: 'oura', asked: true, purge: false };
  await endConnection(app, gone);
  const asked = { askedAs: 'manager', askedBy: 10002, reason: null, receiptHash: null } as const;
  await beginErasure(app, { patientId: erased.patientId, ...asked });

  await loseTemporal();
  // Nobody hears that the patient comes back.
  await approve(leaving, vendor);
  sandbox.control.faults.clear();
  const recovered = await recoverAsACommand();

  const one = { unfinished: 1, begun: 1 };
  expect(recovered).toMatchObject({ erasures: one, disconnects: one, backfills: one, connects: one });
  expect(recovered.onboardings).toEqual({ unfinished: 3, begun: 3 });
  expect((await app.oversight.schedules()).every(({ state }) => state === 'on')).toBe(true);
  await until('everything asked for has ended', async () => {
    const isErased = (await erasureOfPatient(app.sql, erased.patientId))?.endedAt != null;
    const history = await outcomesOfHistory(reading.patientId);
    return isErased && (await disconnecting.isDisconnected()) && history.every((end) => end === 'done');
  });
  await until('the wearable is connected', async () => (await leaving.observations()) > 0);
  const { text } = await leaving.visitor.open(`${world.config.SITE_URL}/ow/complete`);
  expect(text).toContain('Successfully Connected');
  await agreeToHeartRate(waiting);
  await connectOura(waiting);
  await acceptInvitation(invited.visitor, linkIn(world.mail.caught[0]?.text));
  expect(world.mail.caught).toHaveLength(1);
});

it('recovering what lost nothing begins nothing', async () => {
  const kinds = Object.values(await recoverAsACommand());
  expect(kinds.map(({ begun }) => begun)).toEqual(kinds.map(() => 0));
});

it('what was asked for while Temporal was away begins with the next poll', async () => {
  const { app } = world;
  const stage = await connectedPatient();
  await temporal.stop();
  const history = { from: new Date(Date.now() - 20 * DAY_MS).toISOString(), to: new Date().toISOString() };
  await expect(requestHistory(app, stage.patientId, history)).rejects.toThrow();
  temporal = await emptyTemporal();
  await (await commandApp()).close();
  await app.ensureSchedule();
  await app.sql`update backfill_requests set asked_at = asked_at - interval '2 minutes'`;
  await stage.poll();
  await until('the history is read', async () =>
    (await outcomesOfHistory(stage.patientId)).every((end) => end === 'done'),
  );
});

/** The patient approves at the vendor. */
function approve({ visitor }: Stage, vendor: Page): Promise<Page> {
  return visitor.submit(vendor, 'form', { decision: 'approve' });
}

function linkIn(letter = ''): string {
  const [link] = /https?:\S+/.exec(letter) ?? [];
  if (link === undefined) throw new Error('the letter has no link');
  return link;
}
