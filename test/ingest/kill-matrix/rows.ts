import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { until } from '../../../dev/journey/until.js';
import type { LoggedRequest } from '../../../dev/open-wearables/request-log.js';
import { beginErasure } from '../../../src/begin-erasure.js';
import { startAttempt } from '../../../src/db/connect-attempts.js';
import { connectionsOf } from '../../../src/db/connections.js';
import { markDue } from '../../../src/db/due-patients.js';
import { erasureOfPatient } from '../../../src/db/erasures.js';
import { issueInvitation } from '../../../src/db/invitations.js';
import { findPatient } from '../../../src/db/patients.js';
import { only } from '../../../src/db/sql.js';
import { ids, type ReconcileInput } from '../../../src/workflows/contract.js';
import type * as workflows from '../../../src/workflows/index.js';
import { DAY_MS, OURA } from '../../helpers/connected-patient.js';
import { differences } from '../../helpers/measured-load.js';
import { backfill, beginOnboarding, heal, invites, start } from './begin.js';
import type { Place } from './gates.js';
import { type KillStage, MARK, type Patient } from './stage.js';

/** Why a moment does not exist. */
export interface None {
  readonly none: string;
}

/** How a workflow is killed, and what must have become of it in the end. */
export interface Row {
  /** Begins a run for the patient; answers its workflow id, then those of the runs that it is a part of. */
  begin(stage: KillStage, patient: Patient): Promise<readonly string[]>;
  /** The request to Open Wearables that is held. */
  readonly fetch: None | ((patient: Patient, request: LoggedRequest) => boolean);
  /** The change that is held. */
  readonly write: None | ((patient: Patient) => Omit<Place, 'when'>);
  /** What keeps it while a heartbeat is on its way. */
  readonly heartbeat: None | 'fetch' | 'write';
  /** Begins a run that goes on as a new one; the patient is one of all. */
  readonly continueAsNew: None | ((stage: KillStage, patients: readonly Patient[]) => Promise<string>);
  /** What the first of the runs answers, in whole or in part. */
  readonly answers: unknown;
  /** What is true then, and only once. */
  check?(stage: KillStage, patient: Patient): Promise<void>;
  /** The patient has no account yet. */
  readonly isNewcomer?: true;
  /** When the ring measured; six when left out. */
  readonly hoursAgo?: number;
}

/** It does nothing itself, and dies with those of its children. */
export interface KilledWith {
  readonly killedWith: keyof typeof workflows;
}

const secondPage: Row['fetch'] = ({ owUserId }, { path, query }) =>
  path.endsWith(`${owUserId}/timeseries`) && query['cursor'] !== undefined;
const ofPatient =
  (table: string, row: Place['row'] = {}) =>
  ({ id }: Patient) => ({ table, row: { patient_id: id, ...row } });
const page = ofPatient('observations', { value: MARK });
const oneRun: None = { none: 'it ends within one run' };

/** Each workflow that there is: a new one without a row does not compile. */
export const rows: Readonly<Record<keyof typeof workflows, Row | KilledWith>> = {
  poll: {
    begin: (stage, { number }) => start(stage, 'poll', pollOf(number), []),
    fetch: (_, { path, query }) => path === '/api/v1/users' && query['sort_by'] !== undefined,
    write: ({ number }) => ({ table: 'polls', operation: 'update', row: { id: pollOf(number) } }),
    heartbeat: 'write',
    continueAsNew: oneRun,
    answers: { message: expect.stringContaining('OW poll complete') as unknown },
    async check({ keeper }, { number }) {
      const polls = await keeper`select outcome from polls where id = ${pollOf(number)}`;
      expect([...polls]).toEqual([{ outcome: 'complete' }]);
    },
  },
  pollShard: { killedWith: 'pollPatient' },
  pollPatient: {
    async begin(stage, { id, number }) {
      await markDue(stage.world.app.sql, id, 'operator');
      const range = { pollId: pollOf(number), afterId: id - 1, lastId: id, patients: 1 };
      const shard = await start(stage, 'pollShard', ids.shard(pollOf(number), 1), [range]);
      return [ids.pollPatient(id), ...shard];
    },
    ...{ fetch: secondPage, write: page, heartbeat: 'fetch', continueAsNew: oneRun },
    // "new data" where the attempt that stored it lived to tell.
    answers: { outcome: expect.stringMatching(/^(new data|nothing new)$/) as unknown },
    check: isComplete,
  },
  backfill: {
    begin: (stage, { id }) => backfill(stage, id, 2),
    ...{ fetch: secondPage, write: page, heartbeat: 'fetch' },
    async continueAsNew(stage, [patient]) {
      return only([...(await backfill(stage, patient?.id ?? NaN, 200))]);
    },
    answers: { state: 'done', percent: 100 },
    check: isComplete,
  },
  reconcile: {
    // Within the last two days that are over, whatever the time is.
    hoursAgo: 36,
    begin: async ({ world: { app } }, { id }) => [
      await app.orchestration.startReconcile({ patientId: id, days: 2 }),
    ],
    ...{ fetch: secondPage, write: page, heartbeat: 'fetch' },
    continueAsNew: ({ world: { app } }) =>
      app.orchestration.startReconcile({ days: 2 } satisfies ReconcileInput),
    answers: { isComplete: true, couldNotRead: {} },
    check: isComplete,
  },
  heal: {
    begin(stage, patient) {
      stage.wearRing(patient);
      return heal(stage, patient.id - 1);
    },
    fetch: ({ owUserId }, { method, path }) => method === 'POST' && path.includes(`${owUserId}/sync`),
    write: ofPatient('backfill_requests'),
    heartbeat: 'fetch',
    async continueAsNew(stage, patients) {
      const [before, ...healed] = patients.slice(-12);
      for (const patient of healed) stage.wearRing(patient);
      return only([...(await heal(stage, before?.id ?? NaN))]);
    },
    answers: { failed: 0, 'still running': 0, 'not possible': 0 },
    async check(stage, patient) {
      const { orchestration } = stage.world.app;
      await until(
        'the history is read',
        async () => (await orchestration.backfillProgress(patient.id))?.state === 'done',
      );
      const { keeper } = stage;
      const { shown } = stage.seen(patient);
      const since = new Date(Date.now() - DAY_MS).toISOString();
      const recent = shown.filter(({ timestamp }) => timestamp >= since);
      expect((await differences(keeper, { ...patient, shown: recent })).lost).toEqual([]);
      expect((await differences(keeper, { ...patient, shown })).doubled).toEqual([]);
    },
  },
  onboarding: {
    isNewcomer: true,
    async begin(stage, patient) {
      const [workflowId = ''] = await beginOnboarding(stage, patient);
      await stage.temporal.workflow.getHandle(workflowId).signal('connected', OURA.provider);
      return [workflowId];
    },
    fetch: ({ externalId }, { query }) => query['external_user_id']?.[0] === externalId,
    write: ({ id }) => ({ table: 'patients', row: { id } }),
    heartbeat: 'fetch',
    continueAsNew: oneRun,
    answers: 'connected',
    async check({ world: { app, sandbox } }, { id, externalId }) {
      const patient = await findPatient(app.sql, id);
      const accounts = sandbox.control.usersByExternalId(externalId);
      expect(accounts.map((account) => account.id)).toEqual([patient?.owUserId]);
    },
  },
  connect: {
    async begin({ world: { app } }, { id }) {
      const hashes = { sessionHash: randomBytes(32), returnHash: randomBytes(32) };
      const attempt = { patientId: id, provider: OURA.provider, ...hashes, validMinutes: 15 };
      const { started } = await startAttempt(app.sql, attempt);
      await app.orchestration.startConnect(
        {
          ...{ attemptId: started.id, patientId: id, provider: OURA.provider },
          ...{ expiresAt: started.expiresAt.toISOString(), connectionBefore: null, onboardingId: null },
        },
        null,
      );
      await app.orchestration.returned(started.id);
      return [ids.connect(started.id)];
    },
    fetch: ({ owUserId }, { path }) => path.endsWith(`${owUserId}/connections`),
    write: (patient) => ({ ...ofPatient('connect_attempts')(patient), operation: 'update' }),
    heartbeat: 'fetch',
    continueAsNew: oneRun,
    answers: 'connected',
    async check(stage, { id }) {
      const { app } = stage.world;
      expect(await connectionsOf(app.sql, id)).toMatchObject([{ provider: 'oura', status: 'active' }]);
      const ended = await app.sql`select outcome from connect_attempts where patient_id = ${id}`;
      expect([...ended]).toEqual([{ outcome: 'connected' }]);
    },
  },
  disconnect: {
    async begin({ world: { app } }, { id }) {
      await app.orchestration.disconnect({ patientId: id, provider: OURA.provider, asked: true });
      return [ids.disconnect(id, OURA.provider)];
    },
    fetch: isDeletion,
    write: ofPatient('connections'),
    heartbeat: 'fetch',
    continueAsNew: oneRun,
    answers: 'disconnected',
    async check({ world: { app } }, { id, owUserId }) {
      const there = await (await app.openWearables()).connections(owUserId);
      expect(there.map(({ status }) => status)).toEqual(['revoked']);
      expect(await connectionsOf(app.sql, id)).toMatchObject([{ status: 'revoked' }]);
    },
  },
  erasure: {
    async begin({ world: { app } }, { id }) {
      await app.orchestration.pollPatientNow(id, 'before');
      const asking = {
        patientId: id,
        askedAs: 'patient',
        askedBy: null,
        reason: null,
        receiptHash: null,
      } as const;
      await beginErasure(app, asking);
      return [ids.erasure(id)];
    },
    fetch: isDeletion,
    write: (patient) => ({ ...page(patient), operation: 'delete' }),
    heartbeat: 'fetch',
    continueAsNew: oneRun,
    answers: { stage: 'ended', openWearables: 'emptied' },
    async check({ world: { app, mail } }, { id, email, shown }) {
      expect(await findPatient(app.sql, id)).toBeUndefined();
      expect((await erasureOfPatient(app.sql, id))?.counts).toMatchObject({ observations: shown.length });
      expect(mail.caught.filter(({ to }) => to === email)).toHaveLength(1);
    },
  },
  freshLink: {
    async begin({ world: { app } }, { id, number }) {
      const { client, issuedBy } = await invites(app.sql);
      await issueInvitation(app.sql, {
        ...{ patientId: id, clientId: client.id, issuedBy, tokenHash: randomBytes(32) },
        ...{ validDays: 1, isMailed: false },
      });
      const requestId = `kill-${number}`;
      await app.orchestration.mailFreshLink({ patientId: id, requestId });
      return [ids.freshLink(requestId)];
    },
    fetch: { none: 'a letter asks nothing of Open Wearables' },
    write: ofPatient('sent_mails'),
    heartbeat: { none: 'a letter takes seconds, and has none' },
    continueAsNew: oneRun,
    answers: 'sent',
    async check({ world: { mail } }, { email }) {
      expect(mail.caught.filter(({ to }) => to === email)).toHaveLength(1);
      await Promise.resolve();
    },
  },
  checkAudit: {
    begin: (stage, { number }) => start(stage, 'checkAudit', `${ids.audit}-kill-${number}`, []),
    fetch: { none: 'it walks our own trail' },
    write: () => ({ table: 'audit_checks', row: {} }),
    heartbeat: 'write',
    continueAsNew: oneRun,
    answers: { brokenAt: null },
  },
};

const pollOf = (number: number) => `ow-poll-kill-${number}`;

function isDeletion({ owUserId }: Patient, { method, path }: LoggedRequest): boolean {
  return method === 'DELETE' && path.includes(owUserId);
}

/** What Open Wearables shows is stored, once. */
export async function isComplete({ keeper }: KillStage, patient: Patient): Promise<void> {
  expect(await differences(keeper, patient)).toEqual({ lost: [], doubled: [], lettersTooMany: 0 });
}
