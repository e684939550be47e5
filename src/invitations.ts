import type { App } from './app.js';
import type { Config } from './config.js';
import { invitationLink } from './auth/invitation-code.js';
import { hashToken, newToken } from './auth/tokens.js';
import type { Client } from './db/clients.js';
import { NamedError } from './errors.js';
import { issueInvitation, withdrawInvitation } from './db/invitations.js';
import type { Settings } from './settings.js';
import { ids } from './workflows/contract.js';
import { type OnboardingInput, type OnboardingPlan } from './workflows/onboarding-contract.js';

const DAY_MS = 86_400_000;
const PATIENCE_DAYS = 90;
/** Days after redeeming; as many of them as the setting says. */
const CONNECT_REMINDER_DAYS = [2, 7, 21];

type Issuing = Pick<App, 'sql' | 'settings' | 'orchestration' | 'events'> & {
  readonly config: Pick<Config, 'SITE_URL'>;
};

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

interface Wish {
  readonly patientId: number;
  readonly client: Client;
  readonly issuedBy: number;
  /** Whether the invitation goes out by mail. */
  readonly isMailed?: boolean;
}

/** Issues an invitation, supersedes the open one, and starts its onboarding. */
export async function issueInvitationFor(
  { sql, settings, orchestration, events, config }: Issuing,
  { patientId, client, issuedBy, isMailed = false }: Wish,
): Promise<IssuedInvitation> {
  const token = newToken();
  const tokenHash = hashToken(token);
  const inForce = await settings.read();
  const validDays = inForce['auth.patient.invitation_expiration_days'];
  const { issued, superseded } = await issueInvitation(sql, {
    patientId,
    clientId: client.id,
    tokenHash,
    issuedBy,
    validDays,
    isMailed,
  });
  await orchestration.startOnboarding(onboardingOf(issued, inForce, isMailed), superseded);
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

/** Issues an invitation and mails it; throws NamedError `MailNotConfigured` before anything is issued. */
export async function sendInvitation(
  deps: Issuing & Pick<App, 'post'>,
  wish: Omit<Wish, 'isMailed'>,
): Promise<IssuedInvitation> {
  if (!deps.post.isConfigured)
    throw new NamedError('MailNotConfigured', 'this installation sends no mail: set SMTP_URL and MAIL_FROM');
  return issueInvitationFor(deps, { ...wish, isMailed: true });
}

/** Takes an open invitation back; answers false when it was not open. */
export async function takeInvitationBack(
  { sql, orchestration, events }: Pick<App, 'sql' | 'orchestration' | 'events'>,
  invitationId: number,
): Promise<boolean> {
  const isWithdrawn = await withdrawInvitation(sql, invitationId);
  if (!isWithdrawn) return false;
  await orchestration.withdrawn(invitationId);
  events.invitationWithdrawn({ invitationId });
  return true;
}

/** What the onboarding of an invitation needs to know, also where its start was lost. */
export function onboardingOf(
  invitation: { readonly id: number; readonly patientId: number; readonly expiresAt: Date },
  settings: Pick<Settings, 'onboarding.reminders'>,
  isMailed: boolean,
): OnboardingInput {
  const { id, patientId, expiresAt } = invitation;
  const plan = planOf(expiresAt, settings['onboarding.reminders'], isMailed);
  return { invitationId: id, patientId, expiresAt: expiresAt.toISOString(), plan };
}

/** Few reminders, evenly spaced over the time that is left, and later and later once the patient has begun. */
function planOf(expiresAt: Date, reminders: number, isMailed: boolean): OnboardingPlan {
  const now = Date.now();
  const left = expiresAt.getTime() - now;
  return {
    isMailed,
    remindAt: Array.from({ length: reminders }, (_, index) =>
      new Date(now + (left * (index + 1)) / (reminders + 1)).toISOString(),
    ),
    remindAfterMs: CONNECT_REMINDER_DAYS.slice(0, reminders).map((days) => days * DAY_MS),
    patienceMs: PATIENCE_DAYS * DAY_MS,
  };
}
