import type { FreshLinkInput, MailOutcome } from './onboarding-contract.js';
import { setOutcome } from './outcome.js';
import { local, mailing } from './proxies.js';
import { stages } from './stage.js';

/** A patient asked for a link: to the open invitation, to a renewed one, or back into the pages. */
export async function freshLink(input: FreshLinkInput): Promise<MailOutcome> {
  const tell = stages('Writes the letter');
  const outcome = await sent(input);
  tell(outcome);
  setOutcome(outcome);
  return outcome;
}

async function sent({ patientId, requestId }: FreshLinkInput): Promise<MailOutcome> {
  const invitationId = await local.renewInvitation(patientId);
  if (invitationId === null) return 'nothing to open';
  return mailing.sendMail({ kind: 'fresh link', invitationId, purpose: `fresh link/${requestId}` });
}
