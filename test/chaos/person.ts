import { ensureAccount } from '../../src/accounts.js';
import { saveConnection } from '../../src/db/connections.js';
import { only } from '../../src/db/sql.js';
import { STUDY } from '../../dev/journey/stage.js';
import { OURA } from '../helpers/connected-patient.js';
import { SERIES, type Series } from './script.js';
import { CODES, type ChaosWorld } from './world.js';

/** A measurement as Open Wearables shows it, or as the vendor wrote it down. */
export interface Shown {
  readonly series: string;
  readonly code: string;
  /** Milliseconds. */
  readonly at: number;
  readonly value: number;
}

/** An answer of the patient: it stands at the latest since it was acknowledged, and was not asked for before `askedAt`. */
export interface Answer {
  readonly series: Series;
  readonly isAgreed: boolean;
  readonly askedAt: number;
  readonly acknowledgedAt: number;
}

/** A patient of one round, and all that is true of them. */
export interface Person {
  readonly id: number;
  readonly owUserId: string;
  readonly answers: Answer[];
  /** The values that each measurement had, by key, the newest last. */
  readonly values: Map<string, number[]>;
  /** How many samples were shown that nothing can convert. */
  unreadable: number;
  /** What runs beside the steps, one after the other: answers that are given until they are acknowledged. */
  pending: Promise<void>;
  show(samples: readonly Omit<Shown, 'code'>[], isReadable?: boolean): Promise<void>;
  /** Everything readable that there is to be read now. */
  shown(): readonly Shown[];
}

export const keyOf = ({ series, at }: Pick<Shown, 'series' | 'at'>) =>
  `${series} ${new Date(at).toISOString()}`;

/** A patient who wears a ring, connected it and agreed to everything; without a history, the ring has measured nothing. */
export async function welcome(
  world: ChaosWorld,
  mode: 'normalized' | 'raw',
  hasHistory = mode === 'normalized',
): Promise<Person> {
  const { sql } = world.app;
  const id = await enrolled(world);
  const askedAt = Date.now();
  await sql`
    insert into consent_events (patient_id, study_id, concept_id, decision, recorded_by, channel, text_version)
    select p.id, ${world.study.id}, c.id, 'agreed', p.user_id, 'test', 'test'
    from patients p, codeable_concepts c
    where p.id = ${id} and c.code = any(${world.study.codes as string[]}) order by c.id`;
  const acknowledgedAt = Date.now();
  const owUserId = await ensureAccount(world.app, id);
  const { control } = world.sandbox;
  if (hasHistory) control.connect(owUserId, OURA.provider);
  else control.setConnection(owUserId, OURA.provider, { status: 'active' });
  // The ring says no more by itself: what is new is what the script shows.
  control.setSyncPattern(owUserId, 'manual');
  await saveConnection(sql, id, OURA.provider, 'active');
  const source = mode === 'raw' ? vendorOf(world, owUserId) : ringOf(world, owUserId);
  const values = new Map<string, number[]>();
  return {
    ...{ id, owUserId, values, unreadable: 0, pending: Promise.resolve() },
    answers: SERIES.map((series) => ({ series, isAgreed: true, askedAt, acknowledgedAt })),
    async show(samples, isReadable = true) {
      const before = new Map(source.shown().map((sample) => [keyOf(sample), sample.value]));
      for (const sample of isReadable ? samples : []) {
        const key = keyOf(sample);
        const first = before.has(key) ? [before.get(key) ?? NaN] : [];
        values.set(key, [...(values.get(key) ?? first), sample.value]);
      }
      await source.show(samples, isReadable);
    },
    shown: () => source.shown(),
  };
}

async function enrolled({ app: { sql }, study }: ChaosWorld): Promise<number> {
  const { id } = only(
    await sql<{ id: number }[]>`
      with account as (
        insert into users (email, kind, name_given, name_family)
        values (gen_random_uuid() || '@example.com', 'patient', 'Chaos', 'Patient') returning id
      )
      insert into patients (user_id, time_zone) select id, 'Europe/Berlin' from account returning id`,
  );
  await sql`insert into study_patients (study_id, patient_id) values (${study.id}, ${id})`;
  await sql`insert into organization_patients (organization_id, patient_id) values (${STUDY.organizationId}, ${id})`;
  return id;
}

interface Source {
  show(samples: readonly Omit<Shown, 'code'>[], isReadable: boolean): Promise<void>;
  shown(): readonly Shown[];
}

/** What Open Wearables shows of the ring, and of what the script adds to it. */
function ringOf({ sandbox: { control } }: ChaosWorld, owUserId: string): Source {
  return {
    async show(samples, isReadable) {
      control.addSamples(
        owUserId,
        samples.map(({ series, at, value }) => ({
          ...{ timestamp: new Date(at), type: series, value },
          ...(isReadable ? {} : { source: { device: 'ring\0' } }),
        })),
      );
      await Promise.resolve();
    },
    shown: () =>
      control
        .samplesOf(owUserId, { types: [...SERIES, 'resting_heart_rate'] })
        .filter(({ source }) => source.device === null)
        .map(({ type, timestamp, value }) => ({
          ...{ series: type, at: Date.parse(timestamp), value },
          code: type === 'oxygen_saturation' ? CODES.oxygen_saturation : CODES.heart_rate,
        })),
  };
}

/** Raw payloads of the vendor's heart rates: the newest object wins. */
function vendorOf({ bucket }: ChaosWorld, owUserId: string): Source {
  const written = new Map<string, Shown>();
  let newest = 0;
  return {
    async show(samples, isReadable) {
      const rates = samples.filter(({ series }) => series === RAW_SERIES);
      if (rates.length === 0) return;
      newest = Math.max(newest + 1, Date.now());
      const body = rates.map(({ at, value }) => ({
        bpm: isReadable ? value : 'none',
        ...{ source: 'awake', timestamp: new Date(at).toISOString().replace('Z', '+00:00') },
      }));
      await bucket.put({ owUserId, endpoint: 'heartrate', body, fetchedAt: new Date(newest) });
      if (!isReadable) return;
      for (const rate of rates) written.set(keyOf(rate), { ...rate, code: CODES.heart_rate });
    },
    shown: () => [...written.values()],
  };
}

/** The endpoint that raw heart rates come from. */
export const RAW_SERIES = 'heartrate';
