import type { Addressee } from './invitation-links.js';
import type { Sql } from './sql.js';

/** Whom the last letter goes to. */
export interface ErasedAddressee extends Pick<
  Addressee,
  'email' | 'nameGiven' | 'language' | 'timeZone' | 'organization'
> {
  readonly erasureId: number;
  readonly askedAt: Date;
}

/** As long as the address is there; undefined afterwards. */
export async function erasedAddressee(sql: Sql, erasureId: number): Promise<ErasedAddressee | undefined> {
  const [addressee] = await sql<ErasedAddressee[]>`
    select u.email, u.name_given as "nameGiven", p.language, p.time_zone as "timeZone",
           coalesce((select o.name from organization_patients op join organizations o on o.id = op.organization_id
                     where op.patient_id = p.id order by o.id limit 1), '') as organization,
           e.id as "erasureId", e.asked_at as "askedAt"
    from erasures e join patients p on p.id = e.patient_id join users u on u.id = p.user_id
    where e.id = ${erasureId} and u.email not like 'erased-%@erased.invalid'`;
  return addressee;
}

/** After so long a claim that was never followed by "sent" is of a sender that is gone. */
const CLAIM_MINUTES = 2;

/**
 * Claims a letter for sending. `sent`: it went out before. `being sent`: somebody else is at it. A claim whose sender
 * is gone is given once more: the letter keeps its Message-ID, by which mail systems know a double.
 */
export async function claimMail(
  sql: Sql,
  purpose: string,
  patientId: number,
): Promise<'claimed' | 'sent' | 'being sent'> {
  const claimed = await sql`
    insert into sent_mails (purpose, patient_id) values (${purpose}, ${patientId})
    on conflict (purpose) do update set claimed_at = clock_timestamp()
    where sent_mails.sent_at is null
      and sent_mails.claimed_at < clock_timestamp() - make_interval(mins => ${CLAIM_MINUTES})
    returning purpose`;
  if (claimed.length === 1) return 'claimed';
  const [row] = await sql<{ sent: boolean }[]>`
    select sent_at is not null as sent from sent_mails where purpose = ${purpose}`;
  return row?.sent === true ? 'sent' : 'being sent';
}

/** The mail server has taken the letter. */
export async function mailSent(sql: Sql, purpose: string): Promise<void> {
  await sql`update sent_mails set sent_at = clock_timestamp() where purpose = ${purpose}`;
}

/** The mail server did not take the letter: the next try may claim it at once. */
export async function releaseMail(sql: Sql, purpose: string): Promise<void> {
  await sql`delete from sent_mails where purpose = ${purpose} and sent_at is null`;
}
