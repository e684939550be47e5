import { only, type Sql } from './sql.js';

/** How a patient stands in the studies of some organizations, the worst first. */
export const standings = [
  'needs reconnecting',
  'silent',
  'could not read',
  'rejected',
  'not invited',
  'partly agreed',
  'not connected',
  'invited',
  'no data yet',
  'up to date',
  'nothing new',
  'not consented',
  'in no study',
] as const;
export type Standing = (typeof standings)[number];

/** A patient in a list of practitioners. */
export interface PatientStanding {
  readonly id: number;
  readonly name: string;
  readonly standing: Standing;
  /** Of the kinds of data that the studies ask for: how many were agreed to, and how many answered. */
  readonly asked: number;
  readonly agreed: number;
  readonly answered: number;
  readonly studies: readonly string[];
  readonly providers: readonly string[];
  /** Providers whose access ended although it is needed, and since when it is known. */
  readonly lost: readonly string[];
  readonly lostSince: Date | null;
  /** The type of the failure, and when it was met. */
  readonly failure: string | null;
  readonly polledAt: Date | null;
  readonly rejected: number;
  /** When the newest sample was measured that Open Wearables showed. */
  readonly lastDataAt: Date | null;
  readonly invitedAt: Date | null;
  readonly invitationEndsAt: Date | null;
}

export interface StandingSearch {
  readonly organizationIds: readonly number[];
  readonly studyId?: number | undefined;
  /** A part of a name, or of an e-mail address. */
  readonly text?: string | undefined;
  /** Only these standings. */
  readonly only?: readonly Standing[] | undefined;
  readonly after?: { readonly standing: Standing; readonly id: number } | undefined;
  readonly silentHours: number;
  readonly limit: number;
}

export interface StandingList {
  readonly patients: PatientStanding[];
  /** How many patients stand how, of all whom the study and the text leave. */
  readonly counts: Partial<Record<Standing, number>>;
  /** How many of those asked for come before the first of this page. */
  readonly before: number;
}

type Dated = 'lostSince' | 'polledAt' | 'lastDataAt' | 'invitedAt' | 'invitationEndsAt';
type AsJson = Omit<PatientStanding, Dated> & Readonly<Record<Dated, string | null>>;

/** Patients of these organizations with how they stand, the worst first, in one statement that counts them as well. */
export async function patientStandings(sql: Sql, search: StandingSearch): Promise<StandingList> {
  const { only: wanted = standings, after, limit } = search;
  const place = after === undefined ? 0 : standings.indexOf(after.standing) + 1;
  const row = only(
    await sql<{ patients: AsJson[]; counts: StandingList['counts']; before: number }[]>`
    with ${standingOfEach(sql, search)}, wanted as (
      select *, array_position(${standings as unknown as string[]}::text[], standing) as place
      from standing where standing = any(${wanted as string[]})
    ), page as (
      select * from wanted where (place, id) > (${place}, ${after?.id ?? 0}) order by place, id limit ${limit}
    )
    select (select coalesce(json_object_agg(standing, count), '{}') from (
              select standing, count(*) from standing group by standing) c) as counts,
           (select count(*) from wanted where (place, id) <= (${place}, ${after?.id ?? 0})) as before,
           (select coalesce(json_agg(page order by place, id), '[]') from page) as patients`,
  );
  return { ...row, patients: row.patients.map(withDates) };
}

function standingOfEach(sql: Sql, { organizationIds, studyId, text, silentHours }: StandingSearch) {
  return sql`
    mine as materialized (
      select p.id, trim(u.name_given || ' ' || u.name_family) as name
      from patients p join users u on u.id = p.user_id
      where p.id in (select patient_id from organization_patients where organization_id = any(${organizationIds as number[]}))
        and (${studyId === undefined} or p.id in (select patient_id from study_patients where study_id = ${studyId ?? 0}))
        and (${text === undefined} or strpos(lower(u.name_given || ' ' || u.name_family || ' ' || u.email), lower(${text ?? ''})) > 0
             or p.id::text = ${text ?? ''})
    ), ours as (
      select id, name from studies where organization_id = any(${organizationIds as number[]})
    ), enrolment as (
      select e.patient_id, array_agg(s.name order by s.name) as studies
      from study_patients e join ours s on s.id = e.study_id where e.patient_id in (select id from mine)
      group by e.patient_id
    ), answer as (
      select distinct on (patient_id, study_id, concept_id) patient_id, study_id, concept_id, decision
      from consent_events where patient_id in (select id from mine)
      order by patient_id, study_id, concept_id, id desc
    ), consent as (
      select e.patient_id, count(*)::integer as asked, count(a.decision)::integer as answered,
             (count(*) filter (where a.decision = 'agreed'))::integer as agreed
      from study_patients e join ours s on s.id = e.study_id
      join study_scopes c on c.study_id = e.study_id
      left join answer a on a.patient_id = e.patient_id and a.study_id = e.study_id and a.concept_id = c.concept_id
      where e.patient_id in (select id from mine)
      group by e.patient_id
    ), connection as (
      select patient_id, array_agg(provider order by provider) filter (where disconnected_at is null) as providers,
             array_agg(provider order by provider) filter (where ${isLost(sql)}) as lost,
             min(checked_at) filter (where ${isLost(sql)}) as lost_since,
             coalesce(min(connected_at) filter (where status = 'active'),
                      min(checked_at) filter (where status = 'active')) as connected_at
      from connections where patient_id in (select id from mine) group by patient_id
    ), newest as (
      select patient_id, max(position) as position from cursors where patient_id in (select id from mine) group by patient_id
    ), letter as (
      select patient_id, count(*)::integer as rejected from dead_letters where state = 'open' group by patient_id
    ), invitation as (
      select patient_id, max(issued_at) as issued_at, max(expires_at) as expires_at
      from invitations where status = 'issued' and expires_at > now() group by patient_id
    ), standing as materialized (
      select m.id, m.name, coalesce(n.asked, 0) as asked, coalesce(n.agreed, 0) as agreed,
             coalesce(n.answered, 0) as answered, coalesce(e.studies, '{}') as studies,
             coalesce(c.providers, '{}') as providers, coalesce(c.lost, '{}') as lost, c.lost_since as "lostSince",
             y.failure, y.polled_at as "polledAt", coalesce(l.rejected, 0) as rejected,
             w.position as "lastDataAt", i.issued_at as "invitedAt", i.expires_at as "invitationEndsAt",
             case when coalesce(n.asked, 0) = 0 then 'in no study'
                  when n.agreed = 0 and n.answered > 0 then 'not consented'
                  when n.agreed = 0 and i.issued_at is not null then 'invited'
                  when n.agreed = 0 then 'not invited'
                  when c.lost is not null then 'needs reconnecting'
                  when c.connected_at is null then 'not connected'
                  when y.outcome = 'could not read' then 'could not read'
                  when greatest(w.position, c.connected_at) < now() - make_interval(hours => ${silentHours}) then 'silent'
                  when l.rejected > 0 then 'rejected'
                  when n.agreed < n.asked then 'partly agreed'
                  when w.position is null then 'no data yet'
                  when y.outcome = 'nothing new' then 'nothing new'
                  else 'up to date' end as standing
      from mine m
      left join enrolment e on e.patient_id = m.id
      left join consent n on n.patient_id = m.id
      left join connection c on c.patient_id = m.id
      left join newest w on w.patient_id = m.id
      left join letter l on l.patient_id = m.id
      left join invitation i on i.patient_id = m.id
      left join patient_sync y on y.patient_id = m.id
    )`;
}

/** A connection that ended although nobody asked for it. */
function isLost(sql: Sql) {
  return sql`status <> 'active' and disconnected_at is null`;
}

function withDates(row: AsJson): PatientStanding {
  const dated = (text: string | null) => (text === null ? null : new Date(text));
  return {
    ...row,
    lostSince: dated(row.lostSince),
    polledAt: dated(row.polledAt),
    lastDataAt: dated(row.lastDataAt),
    invitedAt: dated(row.invitedAt),
    invitationEndsAt: dated(row.invitationEndsAt),
  };
}
