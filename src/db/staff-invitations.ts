import type { InvitationStatus } from './invitations.js';
import type { Sql } from './sql.js';

/** An invitation as its team sees it. */
export interface InvitationLine {
  readonly id: number;
  readonly patientId: number;
  readonly patientName: string;
  readonly organizationIds: readonly number[];
  readonly clientId: number;
  readonly clientName: string;
  /** `issued` only while it can be used. */
  readonly status: InvitationStatus;
  readonly issuedBy: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  readonly redeemedAt: Date | null;
  /** Of the kinds of data that the patient is asked for. */
  readonly asked: number;
  readonly agreed: number;
  readonly answered: number;
  readonly providers: readonly string[];
  readonly lastDataAt: Date | null;
}

export interface InvitationSearch {
  readonly organizationIds: readonly number[];
  readonly status?: InvitationStatus | undefined;
  readonly patientId?: number | undefined;
  readonly id?: number | undefined;
  /** Only older ones than this. */
  readonly beforeId?: number | undefined;
  readonly limit: number;
}

/** Invitations of patients of these organizations, the newest first. */
export async function listInvitations(sql: Sql, search: InvitationSearch): Promise<InvitationLine[]> {
  const { organizationIds, status, patientId, id, beforeId, limit } = search;
  return sql<InvitationLine[]>`
    with page as (
      select i.*, ${standingStatus(sql)} as standing from invitations i
      where i.patient_id in (select patient_id from organization_patients
                             where organization_id = any(${organizationIds as number[]}::integer[]))
        and (${id === undefined} or i.id = ${id ?? 0})
        and (${patientId === undefined} or i.patient_id = ${patientId ?? 0})
        and (${beforeId === undefined} or i.id < ${beforeId ?? 0})
        and (${status === undefined} or ${standingStatus(sql)} = ${status ?? ''})
      order by i.id desc limit ${limit}
    )
    select i.id, i.patient_id as "patientId", trim(u.name_given || ' ' || u.name_family) as "patientName",
           array(select organization_id from organization_patients where patient_id = i.patient_id) as "organizationIds",
           c.id as "clientId", c.name as "clientName", i.standing as status,
           trim(b.name_given || ' ' || b.name_family) as "issuedBy", i.issued_at as "issuedAt",
           i.expires_at as "expiresAt", i.redeemed_at as "redeemedAt", a.asked, a.agreed, a.answered,
           array(select provider from connections where patient_id = i.patient_id and status = 'active') as providers,
           (select max(position) from cursors where patient_id = i.patient_id) as "lastDataAt"
    from page i
    join patients p on p.id = i.patient_id
    join users u on u.id = p.user_id
    join users b on b.id = i.issued_by
    join clients c on c.id = i.client_id
    cross join lateral (
      select count(*) as asked, count(s.decision) as answered, count(*) filter (where s.decision = 'agreed') as agreed
      from study_patients e
      join studies t on t.id = e.study_id and t.organization_id = any(${organizationIds as number[]}::integer[])
      join study_scopes sc on sc.study_id = e.study_id
      left join standing_consents s
        on s.patient_id = i.patient_id and s.study_id = e.study_id and s.concept_id = sc.concept_id
      where e.patient_id = i.patient_id) a
    order by i.id desc`;
}

/** How many invitations stand how. */
export async function countInvitations(
  sql: Sql,
  organizationIds: readonly number[],
): Promise<Partial<Record<InvitationStatus, number>>> {
  const rows = await sql<{ status: InvitationStatus; count: number }[]>`
    select ${standingStatus(sql)} as status, count(*) as count from invitations i
    where i.patient_id in (select patient_id from organization_patients
                           where organization_id = any(${organizationIds as number[]}::integer[]))
    group by 1`;
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}

/** An invitation whose time is over counts as expired, whether or not its workflow has noticed. */
function standingStatus(sql: Sql) {
  return sql`case when i.status = 'issued' and i.expires_at <= now() then 'expired' else i.status end`;
}
