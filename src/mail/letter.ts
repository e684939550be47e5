import { createHash } from 'node:crypto';
import { invitationLink } from '../auth/invitation-code.js';
import type { Addressee } from '../db/invitation-links.js';
import type { ErasedAddressee } from '../db/mails.js';
import type { Letter } from './post.js';
import { letterTexts, type LetterKind, type LetterText } from './texts.js';

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
  const { subject, paragraphs } = texts[kind]({
    name: addressee.nameGiven,
    invitedBy: addressee.invitedBy,
    organization: addressee.organization,
    link: invitationLink(addressee.invitationUrl, siteUrl, token),
    until: moment(until, addressee),
  });
  return written(addressee, { subject, paragraphs: [...paragraphs, ...texts.closing] }, purpose, siteUrl);
}

/** The last letter: everything is being erased. It has no link, and goes out before the address does. */
export function erasureLetter(addressee: ErasedAddressee, purpose: string, siteUrl: string): Letter {
  const text = letterTexts[addressee.language].erasure({
    ...{ organization: addressee.organization, reference: String(addressee.erasureId) },
    askedAt: moment(addressee.askedAt, addressee),
  });
  return written(addressee, text, purpose, siteUrl);
}

type Reader = Pick<Addressee, 'email' | 'nameGiven' | 'language' | 'timeZone' | 'organization'>;

function moment(at: Date, { language, timeZone }: Reader): string {
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    ...{ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', timeZone },
  });
  return format.format(at);
}

function written(
  { email, nameGiven, language, organization }: Reader,
  { subject, paragraphs }: LetterText,
  purpose: string,
  siteUrl: string,
): Letter {
  const text = [letterTexts[language].greeting(nameGiven), ...paragraphs, organization];
  const id = createHash('sha256').update(purpose).digest('hex').slice(0, 32);
  return {
    to: email,
    subject,
    text: `${text.join('\n\n')}\n`,
    messageId: `<${id}@${new URL(siteUrl).hostname}>`,
  };
}
