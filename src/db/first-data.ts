import type { Sql } from './sql.js';

const HEART_RATE = 'omh:heart-rate:2.0';

/** What a wearable has brought of one day in the patient's zone. */
export interface DayOfData {
  readonly daysAgo: number;
  readonly readings: number;
  /** Beats per minute; null where the day has no heart rate. */
  readonly heartRate: { readonly mean: number; readonly low: number; readonly high: number } | null;
}

/** What one wearable of a patient has brought so far, by day, newest first. */
export async function dataByDay(
  sql: Sql,
  { patientId, provider, zone }: { patientId: number; provider: string; zone: string },
): Promise<DayOfData[]> {
  return sql<DayOfData[]>`
    with readings as (
      select (now() at time zone ${zone})::date - (o.effective_start at time zone ${zone})::date as days_ago,
             case c.code when ${HEART_RATE} then o.value end as beats
      from observations o join codeable_concepts c on c.id = o.concept_id
      where o.patient_id = ${patientId} and o.provider = ${provider} and o.status <> 'entered-in-error')
    select days_ago as "daysAgo", count(*)::int as readings,
           case when count(beats) > 0 then
             json_build_object('mean', avg(beats), 'low', min(beats), 'high', max(beats)) end as "heartRate"
    from readings group by days_ago order by days_ago`;
}
