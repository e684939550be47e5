import { createHash } from 'node:crypto';
import { invitationLink } from '../auth/invitation-code.js';
import type { Addressee } from '../db/invitation-links.js';
import type { Letter } from './post.js';
import { letterTexts, type LetterKind } from './texts.js';

interface Occasion {
  readonly kind: LetterKind;
  readonly purpose: string;
  readonly token: string;
  readonly until: Date;
  readonly siteUrl: string;
}

/** The letter for one purpose. It names no study and no kind of data: mailboxes are read by others, too. */
export function letterTo(addressee: Addressee, occasion: Occasion): Letter {
  const { kind, purpose, token, until, siteUrl } = occasion;
  const texts = letterTexts[addressee.language];
  const when = new Intl.DateTimeFormat(addressee.language === 'en' ? 'en-GB' : addressee.language, {
    ...{ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', timeZone: addressee.timeZone },
  });
  const { subject, paragraphs } = texts[kind]({
    name: addressee.nameGiven,
    invitedBy: addressee.invitedBy,
    organization: addressee.organization,
    link: invitationLink(addressee.invitationUrl, siteUrl, token),
    until: when.format(until),
  });
  const text = [texts.greeting(addressee.nameGiven), ...paragraphs, ...texts.closing, addressee.organization];
  const id = createHash('sha256').update(purpose).digest('hex').slice(0, 32);
  return {
    to: addressee.email,
    subject,
    text: `${text.join('\n\n')}\n`,
    messageId: `<${id}@${new URL(siteUrl).hostname}>`,
  };
}
