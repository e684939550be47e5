import type { FreshLinkInput, MailOutcome } from './onboarding-contract.js';
import { local, mailing } from './proxies.js';

/** A patient asked for a link: to the open invitation, to a renewed one, or back into the pages. */
export async function freshLink({ patientId, requestId }: FreshLinkInput): Promise<MailOutcome> {
  const invitationId = await local.renewInvitation(patientId);
  if (invitationId === null) return 'nothing to open';
  return mailing.sendMail({ kind: 'fresh link', invitationId, purpose: `fresh link/${requestId}` });
}
