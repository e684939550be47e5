import { vi } from 'vitest';
import { sourceOf } from '../../../dev/open-wearables/providers.js';
import { STUDY } from '../../../dev/journey/stage.js';
import { ensureAccount } from '../../../src/accounts.js';
import { saveConnection } from '../../../src/db/connections.js';
import { only, type Sql } from '../../../src/db/sql.js';
import { startReader } from '../../helpers/reader.js';
import { measures, PROVIDERS, SERIES, studyPlans, type ModelStudy, type StudyPlan } from './kinds.js';
import { startPagedUpstream } from './paged-upstream.js';
import { ModelPatient, type ModelPlace } from './patient.js';

/** A spring, so that clocks change on the way; long gone, so that the database's own clock is later. */
const START = Date.parse('2025-03-20T00:30:00Z');
const LONG_AGO = Date.parse('2024-01-01T12:00:00Z');

export interface ModelStart {
  readonly history: number;
  readonly timeZone: string;
  readonly pageLimit: number;
  /** The hour of the day at which it begins: where windows meet depends on it. */
  readonly hour: number;
}

export interface Model {
  /** A fresh patient of two studies with three wearables, who has answered nothing; the clock is simulated from here on. */
  patient(given: ModelStart): Promise<ModelPatient>;
  forget(patient: ModelPatient): void;
  defects(): readonly Error[];
  close(): Promise<void>;
}

export async function startModel(): Promise<Model> {
  const reader = await startReader();
  const { sql, sandbox } = reader;
  const upstream = await startPagedUpstream(sandbox.url);
  const place: ModelPlace = { reader, upstream };
  await reader.readFrom(upstream.url);
  await sql`insert into settings (key, value) values ('ow.requests_per_second', '1000')`;
  const studies = new Map<number, readonly [ModelStudy, ModelStudy]>();

  async function studiesOf(history: number): Promise<readonly [ModelStudy, ModelStudy]> {
    const known = studies.get(history);
    if (known !== undefined) return known;
    const [first, second] = studyPlans(history);
    const made = [await makeStudy(sql, first), await makeStudy(sql, second)] as const;
    studies.set(history, made);
    return made;
  }

  return {
    async patient({ history, timeZone, pageLimit, hour }) {
      const start = START + hour * 3_600_000;
      const both = await studiesOf(history);
      const id = await enrolled(sql, both, timeZone);
      upstream.reset();
      upstream.pageLimit = pageLimit;
      vi.useFakeTimers({ toFake: ['Date'], now: start });
      const owUserId = await ensureAccount(reader, id);
      for (const provider of PROVIDERS) {
        sandbox.control.setConnection(owUserId, provider, { status: 'active' });
        await saveConnection(sql, id, provider, 'active');
      }
      measureLongAgo(place, owUserId);
      return new ModelPatient(place, { id, owUserId, timeZone, studies: both }, start);
    },
    forget: ({ person }) => {
      sandbox.control.deleteUser(person.owUserId);
      sandbox.control.requests.clear();
    },
    defects: () => sandbox.control.defects,
    async close() {
      await reader.close();
      await upstream.close();
    },
  };
}

/** Something of every kind from before any consent: so that nothing is absent only because it is too old to be kept. */
function measureLongAgo({ reader }: ModelPlace, owUserId: string): void {
  const { control } = reader.sandbox;
  const [timestamp, source] = [new Date(LONG_AGO), sourceOf('oura')];
  control.addSamples(owUserId, [
    ...SERIES.map((type) => ({ timestamp, type, value: 60, source })),
    { timestamp, type: 'steps', value: 100, is_daily_total: true },
  ]);
  const session = { start: timestamp, end: new Date(LONG_AGO + 3_600_000) };
  control.addSessions(owUserId, 'sleeps', [session]);
  control.addSessions(owUserId, 'workouts', [session]);
}

async function makeStudy(sql: Sql, plan: StudyPlan): Promise<ModelStudy> {
  const { id } = only(
    await sql<{ id: number }[]>`
      insert into studies (organization_id, name, description, history_days)
      values (${STUDY.organizationId}, 'Model', '', ${plan.historyDays}) returning id`,
  );
  await sql`
    insert into study_scopes (study_id, concept_id)
    select ${id}, id from codeable_concepts where code = any(${plan.codes as string[]})`;
  await sql`
    insert into study_data_sources (study_id, data_source_id)
    select ${id}, id from data_sources where provider = any(${plan.providers as string[]})`;
  for (const provider of plan.providers)
    await teach(
      sql,
      provider,
      plan.codes.filter((code) => measures(provider, code)),
    );
  return { id, ...plan };
}

/** This wearable measures these codes. */
async function teach(sql: Sql, provider: string, codes: readonly string[]): Promise<void> {
  await sql`
    insert into data_source_scopes (data_source_id, concept_id)
    select d.id, c.id from data_sources d, codeable_concepts c
    where d.provider = ${provider} and c.code = any(${codes as string[]})
    on conflict do nothing`;
}

async function enrolled(sql: Sql, studies: readonly ModelStudy[], timeZone: string): Promise<number> {
  const { id } = only(
    await sql<{ id: number }[]>`
      with account as (
        insert into users (email, kind, name_given, name_family)
        values (gen_random_uuid() || '@example.com', 'patient', 'Model', 'Patient') returning id
      )
      insert into patients (user_id, time_zone) select id, ${timeZone} from account returning id`,
  );
  for (const study of studies)
    await sql`insert into study_patients (study_id, patient_id) values (${study.id}, ${id})`;
  return id;
}
