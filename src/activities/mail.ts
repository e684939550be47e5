import { hashToken, newToken } from '../auth/tokens.js';
import { addLink, addresseeOf, isReminded } from '../db/invitation-links.js';
import { claimMail, erasedAddressee, mailSent, releaseMail } from '../db/mails.js';
import { NamedError } from '../errors.js';
import { erasureLetter, letterTo } from '../mail/letter.js';
import type { ErasureInput } from '../workflows/erasure-contract.js';
import type { MailOutcome, MailRequest } from '../workflows/onboarding-contract.js';
import type { ActivityDeps } from './deps.js';

const HOUR_MS = 3_600_000;
/** A link that was asked for is used soon; one in a reminder waits until the letter is read. */
const SESSION_HOURS = { 'fresh link': 1, other: 72 };

export function mailActivities({ sql, settings, post, siteUrl, events }: ActivityDeps) {
  return {
    /**
     * Sends a letter about an invitation, once for each purpose, with a link of its own: the token exists in this
     * function and in the letter only. Nothing is sent where there is nothing left to open.
     */
    async sendMail({ purpose, kind, invitationId }: MailRequest): Promise<MailOutcome> {
      if (!post.isConfigured) return 'not configured';
      const addressee = await addresseeOf(sql, invitationId);
      if (addressee?.status !== 'issued' && addressee?.status !== 'redeemed') return 'nothing to open';
      const { patientId } = addressee;
      if (isReminder(kind) && !(await wantsReminder(patientId))) return 'not wanted';
      const token = newToken();
      const sessionHours = kind === 'fresh link' ? SESSION_HOURS['fresh link'] : SESSION_HOURS.other;
      const until =
        addressee.status === 'redeemed' ? new Date(Date.now() + sessionHours * HOUR_MS) : addressee.expiresAt;
      return sentOnce({ purpose, kind, patientId }, async () => {
        await addLink(sql, { tokenHash: hashToken(token), invitationId, sessionHours });
        await post.send(letterTo(addressee, { kind, purpose, token, until, siteUrl }));
      });
    },

    /** The last letter to a patient who asked to be erased, while there is an address. */
    async mailErasure({ erasureId, patientId }: ErasureInput): Promise<MailOutcome> {
      if (!post.isConfigured) return 'not configured';
      const addressee = await erasedAddressee(sql, erasureId);
      if (addressee === undefined) return 'nothing to open';
      const purpose = `erasure/${erasureId}`;
      return sentOnce({ purpose, kind: 'erasure', patientId }, async () =>
        post.send(erasureLetter(addressee, purpose, siteUrl)),
      );
    },
  };

  async function sentOnce(
    { purpose, kind, patientId }: { purpose: string; kind: string; patientId: number },
    send: () => Promise<void>,
  ): Promise<'sent' | 'refused'> {
    const claim = await claimMail(sql, purpose, patientId);
    if (claim === 'sent') return 'sent';
    if (claim === 'being sent') throw new NamedError('MailUnsent', 'another try to send this letter runs');
    try {
      await send();
    } catch (thrown) {
      await releaseMail(sql, purpose);
      if (!(thrown instanceof NamedError) || thrown.name !== 'MailRefused') throw thrown;
      events.mailEnded({ patientId, kind, outcome: 'refused' });
      return 'refused';
    }
    await mailSent(sql, purpose);
    events.mailEnded({ patientId, kind, outcome: 'sent' });
    return 'sent';
  }

  async function wantsReminder(patientId: number): Promise<boolean> {
    return (await settings.read())['onboarding.reminders'] > 0 && (await isReminded(sql, patientId));
  }
}

function isReminder(kind: MailRequest['kind']): boolean {
  return kind === 'invitation reminder' || kind === 'connect reminder';
}
