import type { Sql } from './sql.js';

/** An invitation whose way has not ended, and how far its patient has come. */
export interface UnfinishedOnboarding {
  readonly invitationId: number;
  readonly patientId: number;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  /** Whether the invitation itself goes out by mail. */
  readonly isMailed: boolean;
  /** Null: not yet, like what follows. */
  readonly redeemedAt: Date | null;
  readonly consentedAt: Date | null;
  readonly connectedAt: Date | null;
  readonly provider: string | null;
}

/**
 * Open and redeemed invitations whose onboarding has kept no steps, which it does when it ends. Nothing of patients who
 * are being erased.
 */
export async function unfinishedOnboardings(sql: Sql): Promise<UnfinishedOnboarding[]> {
  return sql<UnfinishedOnboarding[]>`
    select i.id as "invitationId", i.patient_id as "patientId", i.issued_at as "issuedAt", i.expires_at as "expiresAt",
           i.is_mailed as "isMailed", i.redeemed_at as "redeemedAt", said.at as "consentedAt",
           c.connected_at as "connectedAt", c.provider
    from invitations i
    cross join lateral (
      select min(e.decided_at) as at from standing_consents e
      where e.patient_id = i.patient_id and e.decision = 'agreed' and i.redeemed_at is not null) said
    left join lateral (
      select connected_at, provider from connections c
      where c.patient_id = i.patient_id and c.status = 'active' and c.connected_at > i.redeemed_at
      order by connected_at limit 1) c on true
    where i.status in ('issued', 'redeemed')
      and not exists (select from onboarding_progress p where p.invitation_id = i.id)
      and not exists (select from erasures x where x.patient_id = i.patient_id)
    order by i.id`;
}
