import type { InvitationLine } from '../../../db/staff-invitations.js';
import type { StateWords } from '../../components/connection-state.js';
import { clockTime, shortDate } from '../../components/times.js';

/** Where an invitation stands, as a chip says it. */
export function invitationWords({
  status,
  agreed,
  answered,
  providers,
  lastDataAt,
}: InvitationLine): StateWords {
  switch (status) {
    case 'issued':
      return { tone: 'idle', icon: 'envelope', word: 'Not opened yet' };
    case 'expired':
      return { tone: 'warn', icon: 'hourglass-bottom', word: 'Ended' };
    case 'cancelled':
      return { tone: 'idle', icon: 'slash-circle', word: 'Cancelled' };
    case 'reissued':
      return { tone: 'idle', icon: 'arrow-repeat', word: 'Replaced' };
    case 'redeemed':
      if (lastDataAt !== null && providers.length > 0)
        return { tone: 'ok', icon: 'check-circle-fill', word: 'Connected' };
      if (providers.length > 0)
        return { tone: 'busy', icon: 'hourglass-split', word: 'Connected, no data yet' };
      if (agreed > 0) return { tone: 'idle', icon: 'plug', word: 'No device yet' };
      return answered > 0
        ? { tone: 'idle', icon: 'dash-circle', word: 'Said no' }
        : { tone: 'idle', icon: 'person-check', word: 'Opened, not answered' };
  }
}

/** One sentence under the chip. */
export function invitationReason(invitation: InvitationLine, zone: string): string {
  const { status, issuedAt, expiresAt, redeemedAt, issuedBy, agreed, asked } = invitation;
  const day = (at: Date) => shortDate(at, zone);
  switch (status) {
    case 'issued':
      return `Issued on ${day(issuedAt)} by ${issuedBy}.`;
    case 'expired':
      return `Never opened, ended on ${day(expiresAt)}. Issue a fresh one.`;
    case 'cancelled':
      return `Issued on ${day(issuedAt)} by ${issuedBy}, taken back before it was opened.`;
    case 'reissued':
      return `Issued on ${day(issuedAt)}; a newer one took its place.`;
    case 'redeemed': {
      const opened =
        redeemedAt === null ? '' : `Opened on ${day(redeemedAt)} at ${clockTime(redeemedAt, zone)}. `;
      return `${opened}Agreed to ${agreed} of ${asked}.`;
    }
  }
}

/** How many of the five steps are done: sent, opened, agreed, connected, data; and whether it goes no further. */
export function stepsOfInvitation({ status, agreed, answered, providers, lastDataAt }: InvitationLine) {
  const names = ['Sent', 'Opened', 'Agreed', 'Connected', 'Data arrives'];
  const reached = [
    true,
    status === 'redeemed',
    status === 'redeemed' && agreed > 0,
    status === 'redeemed' && providers.length > 0,
    status === 'redeemed' && providers.length > 0 && lastDataAt !== null,
  ];
  const missing = reached.indexOf(false);
  const done = missing === -1 ? reached.length : missing;
  const isStuck = status === 'expired' || (status === 'redeemed' && agreed === 0 && answered > 0);
  return { done, isStuck, label: `${names[done - 1] ?? ''}, step ${done} of 5` };
}
