import { hashToken, newToken } from '../../src/auth/tokens.js';
import { createAccessToken } from '../../src/db/access-tokens.js';
import { markEverybodyDue } from '../../src/db/due-patients.js';
import { countObservations } from '../../src/db/observations.js';
import { findPatient, openWearablesUserIds } from '../../src/db/patients.js';
import { readObservations } from '../../src/db/readable-observations.js';
import { findPractitionerByEmail } from '../../src/db/users.js';
import type { PollResult } from '../../src/workflows/contract.js';
import type { Sandbox } from '../open-wearables/sandbox.js';
import type { World } from '../world.js';
import { ApiClient } from './api-client.js';
import { until } from './until.js';
import { Visitor } from './visitor.js';

export const HEART_RATE = 'omh:heart-rate:2.0';
/** Lifespan Study on BP & HR, of Lifespan Lab. */
export const STUDY = { studyId: 30001, organizationId: 20003 };

/** What a journey is made in: its pages and API are at `http`, `app` is the same service, whoever runs it. */
export type Place = Pick<World, 'app' | 'config'> & { readonly http: Pick<World['http'], 'url'> };

/** Who and what a journey needs at hand: the world, the patient's browser, the practitioner's API client. */
export class Stage {
  readonly visitor = new Visitor();

  private constructor(
    readonly world: Place,
    readonly sandbox: Sandbox,
    readonly patientId: number,
    readonly practitioner: ApiClient,
  ) {}

  static async set(world: Place, sandbox: Sandbox, patientId: number): Promise<Stage> {
    const userId = await findPractitionerByEmail(world.app.sql, 'manager_mary@example.com');
    if (userId === undefined) throw new Error('the seeded practitioner is missing');
    const token = newToken();
    await createAccessToken(world.app.sql, {
      userId,
      name: 'journey',
      tokenHash: hashToken(token),
      validDays: 1,
      access: 'write',
    });
    return new Stage(world, sandbox, patientId, new ApiClient(world.http.url, token));
  }

  /** Triggers the schedule as an operator does and waits for the poll; reads that run already may end first. */
  async poll(): Promise<PollResult> {
    const { orchestration, sql } = this.world.app;
    await until('no read of the patient runs', async () => !(await orchestration.isReading(this.patientId)));
    await markEverybodyDue(sql);
    const workflowId = await until('no other poll runs', () => orchestration.triggerPoll());
    return orchestration.pollResult(workflowId);
  }

  /** The patient's account at Open Wearables. */
  async owUserId(): Promise<string> {
    const id = (await findPatient(this.world.app.sql, this.patientId))?.owUserId;
    if (id == null) throw new Error('the patient has no account at Open Wearables');
    return id;
  }

  /** How many observations of heart rate the patient has. */
  async observations(): Promise<number> {
    return countObservations(this.world.app.sql, this.patientId, [HEART_RATE]);
  }

  /** Whether a measurement of this very instant is stored. */
  async hasObservationAt(at: Date | undefined): Promise<boolean> {
    const patient = { kind: 'patient', patientId: this.patientId } as const;
    const rows = await readObservations(this.world.app.sql, patient, { limit: 50 });
    return rows.some(({ startUtc }) => at !== undefined && Date.parse(startUtc) === at.getTime());
  }

  /** Whether Open Wearables shows no active connection any more. */
  async isDisconnected(): Promise<boolean> {
    const ow = await this.world.app.openWearables();
    return (await ow.connections(await this.owUserId())).every(({ status }) => status !== 'active');
  }

  /** Waits until a backfill that began after `since` has ended; answers how many observations it created. */
  async historyReadSince(since: Date): Promise<number> {
    const done = await until(
      'the history was read back',
      async () => {
        const progress = await this.world.app.orchestration.backfillProgress(this.patientId);
        return progress?.state === 'done' && progress.startedAt >= since.toISOString() && progress;
      },
      120_000,
    );
    return done.created;
  }

  /** All rings rest, so that only what a step measures is new; or they go on as they did. */
  async letRings(go: 'rest' | 'go on'): Promise<void> {
    for (const id of await openWearablesUserIds(this.world.app.sql)) {
      this.sandbox.control.setSyncPattern(id, go === 'rest' ? 'manual' : 'immediate');
    }
  }

  /** The ring measures once, now; answers the instant. */
  async measureNow(beatsPerMinute: number): Promise<Date> {
    const at = new Date();
    this.sandbox.control.addSamples(await this.owUserId(), [
      { timestamp: at, type: 'heart_rate', value: beatsPerMinute },
    ]);
    return Promise.resolve(at);
  }
}
