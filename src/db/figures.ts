import { only, type Sql } from './sql.js';

/** What an installation is measured by; seconds and counts. */
export interface Figures {
  /** How long ago the time is up to which the patient who is furthest behind has been read; null: nobody was read yet. */
  readonly cursorLag: number | null;
  /** Since the newest poll ended that was complete; null: there is none in the last days. */
  readonly sincePoll: number | null;
  /** Patients who are marked to be read, of which the first 100,000 are counted. */
  readonly due: number;
}

/**
 * Bounded, however many patients there are: of those who were read longest ago, or cannot be read for longest, the first
 * hundred are looked at (`patient_sync_longest_unread`). Who has nothing to be read is nobody's lag.
 */
export async function figuresOf(sql: Sql): Promise<Figures> {
  return only(
    await sql<Figures[]>`
      with behind as (
        select patient_id, case when outcome = 'could not read' then outcome_since else polled_at end as seen_at
        from patient_sync where outcome in ('new data', 'nothing new', 'could not read')
        order by case when outcome = 'could not read' then outcome_since else polled_at end limit 100
      ), read_to as (
        select coalesce((select max(c.covered_to) from cursors c where c.patient_id = b.patient_id), b.seen_at) as at
        from behind b
      ), newest as (
        select ended_at from polls where outcome = 'complete' order by started_at desc, id desc limit 1
      )
      select extract(epoch from clock_timestamp() - (select min(at) from read_to))::float8 as "cursorLag",
             extract(epoch from clock_timestamp() - (select ended_at from newest))::float8 as "sincePoll",
             (select count(*) from (select from due_patients limit 100000) d) as due`,
  );
}
