import type { Sandbox } from '../../dev/open-wearables/sandbox.js';
import type { ShownSample } from '../../dev/open-wearables/sample.js';
import type { App } from '../../src/app.js';
import type { Sql } from '../../src/db/sql.js';
import { connectedPatient, DAY_MS, type TestPatient } from './connected-patient.js';
import { agreeTo } from './scopes.js';

const CODES = ['omh:heart-rate:2.0', 'omh:oxygen-saturation:2.0'];
const DAYS = 9;
/** Minutes between two samples of a series. */
const RHYTHM = { heart_rate: 5, oxygen_saturation: 45 };
/** 288 a day for nine days, and 32 a day. */
export const ROWS_A_PATIENT = 2880;

/** A patient, and everything that Open Wearables shows of nine days; a few samples cannot be converted. */
export interface MeasuredPatient extends TestPatient {
  readonly shown: readonly ShownSample[];
}

type Place = Pick<App, 'sql' | 'openWearables'> & { readonly sandbox: Sandbox };

/** A patient whose rings have measured and who agreed to all of it; nothing is read yet. */
export async function measuredPatient(place: Place, number: number, until: Date): Promise<MeasuredPatient> {
  const patient = await connectedPatient(place, number);
  await agreeTo(place.sql, patient.id, CODES, DAYS + 1);
  const begin = until.getTime() - DAYS * DAY_MS;
  const samples = Object.entries(RHYTHM).flatMap(([type, minutes]) =>
    Array.from({ length: (DAYS * 1440) / minutes }, (_, index) => ({
      timestamp: new Date(begin + index * minutes * 60_000),
      type,
      value: 50 + (index % 40),
      ...(index % 1000 === 270 ? { source: { device: 'ring\0' } } : {}),
    })),
  );
  place.sandbox.control.addSamples(patient.owUserId, samples);
  return { ...patient, shown: place.sandbox.control.samplesOf(patient.owUserId) };
}

/** What no converter takes: a text that no database can hold. */
export function isUnreadable({ source }: ShownSample): boolean {
  return source.device !== null;
}

/**
 * Cursors of these patients that say more than what is stored: each sample that Open Wearables shows of the time they
 * cover is an observation or a dead letter. Read in one statement, so that a write that ends meanwhile counts with its cursor.
 */
export async function cursorsAhead(sql: Sql, patients: readonly MeasuredPatient[]): Promise<string[]> {
  const cursors = await sql<
    { patientId: number; series: string; from: Date; to: Date; stored: number; letters: number }[]
  >`
    select k.patient_id as "patientId", k.series, k.covered_from as "from", k.covered_to as "to",
           (select count(*) from observations o
            where o.patient_id = k.patient_id and o.series = k.series and o.effective_start >= k.covered_from
              and o.effective_start < date_trunc('milliseconds', k.covered_to)) as stored,
           (select count(*) from dead_letters l
            where l.patient_id = k.patient_id and l.series = k.series) as letters
    from cursors k`;
  return cursors.flatMap(({ patientId, series, from, to, stored, letters }) => {
    const patient = patients.find(({ id }) => id === patientId);
    if (patient === undefined) return [];
    const isCovered = ({ type, timestamp }: ShownSample) =>
      type === series && Date.parse(timestamp) >= from.getTime() && Date.parse(timestamp) < to.getTime();
    const covered = patient.shown.filter(isCovered);
    const unreadable = covered.filter(isUnreadable).length;
    if (stored === covered.length - unreadable && letters >= unreadable) return [];
    const found = `${stored} stored and ${letters} dead letters of ${covered.length}`;
    return [`${series} of patient ${patientId} up to ${to.toISOString()}: ${found}`];
  });
}

/** What differs between what Open Wearables shows and what is stored: lost, and doubled or never shown. */
export async function differences(
  sql: Sql,
  { id, shown }: MeasuredPatient,
): Promise<{ lost: string[]; doubled: string[]; lettersTooMany: number }> {
  const rows = await sql<{ series: string; at: Date; value: number; status: string }[]>`
    select series, effective_start as at, value, status from observations where patient_id = ${id}`;
  const [{ letters } = { letters: 0 }] = await sql<{ letters: number }[]>`
    select count(*) as letters from dead_letters where patient_id = ${id}`;
  const stored = rows.map(
    ({ series, at, value, status }) => `${series} ${at.toISOString()} ${value} ${status}`,
  );
  const wanted = shown
    .filter((sample) => !isUnreadable(sample))
    .map(({ type, timestamp, value }) => `${type} ${new Date(timestamp).toISOString()} ${value} final`);
  return {
    lost: without(wanted, stored),
    doubled: without(stored, wanted),
    lettersTooMany: letters - (shown.length - wanted.length),
  };
}

/** What is left of a list when each of these is taken out once. */
function without(list: readonly string[], taken: readonly string[]): string[] {
  const left = new Set(taken);
  return list.filter((item) => !left.delete(item));
}
