import type { App } from './app.js';
import { invitationLink, newInvitationToken } from './auth/invitation-code.js';
import { hashToken } from './auth/tokens.js';
import type { Client } from './db/clients.js';
import { issueInvitation } from './db/invitations.js';
import { ids } from './workflows/contract.js';

/** An invitation just issued: the only moment its token exists outside the patient's link. */
export interface IssuedInvitation {
  readonly id: number;
  readonly patientId: number;
  readonly token: string;
  readonly tokenHash: string;
  readonly link: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  readonly workflowId: string;
}

/** Issues an invitation, supersedes the open one, and starts its onboarding. */
export async function issueInvitationFor(
  {
    sql,
    settings,
    orchestration,
    events,
    config,
  }: Pick<App, 'sql' | 'settings' | 'orchestration' | 'events' | 'config'>,
  { patientId, client, issuedBy }: { patientId: number; client: Client; issuedBy: number },
): Promise<IssuedInvitation> {
  const token = newInvitationToken();
  const tokenHash = hashToken(token);
  const validDays = (await settings.read())['auth.patient.invitation_expiration_days'];
  const { issued, superseded } = await issueInvitation(sql, {
    patientId,
    clientId: client.id,
    tokenHash,
    issuedBy,
    validDays,
  });
  await orchestration.startOnboarding(
    { invitationId: issued.id, patientId, expiresAt: issued.expiresAt.toISOString() },
    superseded,
  );
  events.invitationIssued({ invitationId: issued.id, patientId, issuedBy });
  return {
    id: issued.id,
    patientId,
    token,
    tokenHash: tokenHash.toString('base64url'),
    link: invitationLink(client.invitationUrl, config.SITE_URL, token),
    issuedAt: issued.issuedAt,
    expiresAt: issued.expiresAt,
    workflowId: ids.onboarding(issued.id),
  };
}
