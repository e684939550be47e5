import type { Client } from '@temporalio/client';
import { inject } from 'vitest';
import { STUDY } from '../../../dev/journey/stage.js';
import type { ShownSample } from '../../../dev/open-wearables/sample.js';
import { startTemporal, type TemporalServer } from '../../../dev/servers/temporal.js';
import { externalIdOf } from '../../../src/accounts.js';
import { ensureDemoPatients } from '../../../src/db/seed/demo-patients.js';
import { findPatient } from '../../../src/db/patients.js';
import { savePatientSyncs } from '../../../src/db/patient-sync.js';
import { openDatabase, type Sql } from '../../../src/db/sql.js';
import { connectTemporal } from '../../../src/temporal/connection.js';
import { openLink, type Link } from '../../chaos/proxy.js';
import { agreedPatient, OURA } from '../../helpers/connected-patient.js';
import { resting } from '../../helpers/operator.js';
import { startTestWorld, type TestWorld } from '../../helpers/test-world.js';
import {
  layOutProgram,
  type LogLine,
  type Program,
  type WorkerProcess,
} from '../../helpers/worker-process.js';
import { installGates } from './gates.js';

/** Runs with more events than this are asked to continue as new: so that a test need not make thousands. */
export const EVENTS_A_RUN = 100;
/** What the one sample is that a write can be told by. */
export const MARK = 181;
const SAMPLES = 250;
/** On the second page. */
const MARKED = 150;

export interface Patient {
  readonly number: number;
  readonly id: number;
  readonly email: string;
  readonly owUserId: string;
  /** The name that the account at Open Wearables has, or will have. */
  readonly externalId: string;
  /** What Open Wearables shows. */
  readonly shown: readonly ShownSample[];
}

/** A world whose worker is a process of its own, and reaches Temporal through a link. */
export class KillStage {
  #worker: WorkerProcess | undefined;

  private constructor(
    readonly world: TestWorld,
    readonly temporal: Client,
    readonly link: Link,
    /** One connection of the test itself. */
    readonly keeper: Sql,
    private readonly program: Program,
    private readonly closeAll: () => Promise<void>,
    readonly pages: LogLine[] = [],
  ) {}

  static async set(): Promise<KillStage> {
    const server = await temporalThatContinuesSoon();
    const world = await resting(await startTestWorld({ TEMPORAL_ADDRESS: server.address }));
    await world.worker.stop();
    const { client, close } = await connectTemporal(world.config);
    const link = await openLink(Number(server.address.split(':')[1]));
    const keeper = openDatabase(world.config.DATABASE_URL, 1);
    await installGates(keeper);
    await keeper`update studies set history_days = 365 where id = ${STUDY.studyId}`;
    await world.app.settings.write('ow.requests_per_second', '1000', null);
    await world.app.settings.write('ow.heal_days', '1', null);
    const program = await layOutProgram(inject('workflowBundle'));
    return new KillStage(world, client, link, keeper, program, async () => {
      await close();
      await link.close();
      await keeper.end();
      await program.remove();
      await world.close();
      await server.stop();
    });
  }

  async startWorker(): Promise<void> {
    const environment = { ...this.world.environment, TEMPORAL_ADDRESS: `127.0.0.1:${this.link.port}` };
    this.#worker = await this.program.start('worker', { environment }, (line) => {
      if (line['event'] === 'page stored') this.pages.push(line);
    });
  }

  /** SIGKILL; what the link holds of it is lost as well. */
  async killWorker(): Promise<void> {
    await this.#worker?.kill();
    this.#worker = undefined;
    await this.link.set({ kind: 'refuse' });
    await this.link.set(null);
  }

  /** A patient who agreed to heart rate, and whose ring measured some hours ago; nobody is due by age. */
  async enrol(number: number, hoursAgo = 6): Promise<Patient> {
    const { app, sandbox } = this.world;
    const { id, owUserId } = await agreedPatient({ ...app, sandbox }, number);
    const nothing = { outcome: 'nothing new', created: 0, failure: null } as const;
    await savePatientSyncs(app.sql, [{ patientId: id, pollId: 'before', ...nothing }]);
    const begin = Math.floor(Date.now() / 60_000) * 60_000 - hoursAgo * 3_600_000;
    sandbox.control.addSamples(
      owUserId,
      Array.from({ length: SAMPLES }, (_, index) => ({
        timestamp: new Date(begin + index * 60_000),
        ...{ type: 'heart_rate', value: index === MARKED ? MARK : 50 + (index % 40) },
      })),
    );
    return this.seen({ ...(await this.#known(number, id)), owUserId });
  }

  /** The patient with what Open Wearables shows now. */
  seen(patient: Patient): Patient {
    if (patient.owUserId === '') return patient;
    const types = ['heart_rate', 'resting_heart_rate'];
    return { ...patient, shown: this.world.sandbox.control.samplesOf(patient.owUserId, { types }) };
  }

  /** A ring that Open Wearables fetches from, with a history. */
  wearRing({ owUserId }: Patient): void {
    const { control } = this.world.sandbox;
    control.connect(owUserId, OURA.provider);
    control.setSyncPattern(owUserId, 'manual');
  }

  /** A patient without an account at Open Wearables, who agreed to nothing. */
  async newcomer(number: number): Promise<Patient> {
    const patients = await ensureDemoPatients(this.world.app.sql, { ...STUDY, count: number });
    const { id = NaN } = patients[number - 1] ?? {};
    return this.#known(number, id);
  }

  async #known(number: number, id: number): Promise<Patient> {
    const reference = (await findPatient(this.world.app.sql, id))?.reference ?? '';
    const email = `demo_patient_${number}@example.com`;
    return { number, id, email, owUserId: '', externalId: externalIdOf(reference), shown: [] };
  }

  async close(): Promise<void> {
    if (this.#worker !== undefined) await this.killWorker();
    await this.closeAll();
  }
}

function temporalThatContinuesSoon(): Promise<TemporalServer> {
  const limit = `limit.historyCount.suggestContinueAsNew=${EVENTS_A_RUN}`;
  return startTemporal({ uiPort: null, say: () => undefined, extraArgs: ['--dynamic-config-value', limit] });
}
