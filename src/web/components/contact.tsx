import type { Texts } from '../texts/en.js';

/** Who a patient can ask, and the reference that finds the case without a name. */
export interface Contact {
  readonly name: string;
  readonly role?: string | undefined;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
  readonly reference?: string | undefined;
}

/** Ways to reach the contact, as links, phone first. */
export function contactLinks({ phone, email }: Contact) {
  return [
    ...(phone === undefined ? [] : [{ href: `tel:${phone.replace(/[^+\d]/g, '')}`, text: phone }]),
    ...(email === undefined ? [] : [{ href: `mailto:${email}`, text: email }]),
  ];
}

interface ContactProps {
  readonly contact: Contact;
  readonly texts: Texts;
}

/** Below a page that tells of a hitch, or waits. */
export function StillStuck({ contact, texts: { study } }: ContactProps) {
  const [way] = contactLinks(contact);
  return (
    <p class="wx-s wx-2">
      {way === undefined ? (
        study.stillStuckAsk(contact.name)
      ) : (
        <>
          {study.stillStuck(contact.name)}
          <a href={way.href}>{way.text}</a>.
        </>
      )}
      {contact.reference === undefined ? null : (
        <>
          {' '}
          {study.sayReference}
          <span class="wx-mono wx-nowrap">{contact.reference}</span>.
        </>
      )}
    </p>
  );
}

/** Whom to ask, as rows of a list. */
export function ContactRows({ contact, texts: { study } }: ContactProps) {
  const who = contact.role === undefined ? contact.name : `${contact.name}, ${contact.role}`;
  const links = contactLinks(contact);
  return (
    <>
      <div>
        <dt>{links.length === 0 ? study.questions : study.questionsTo(who)}</dt>
        <dd class="wx-links">
          {links.length === 0 ? who : links.map(({ href, text }) => <a href={href}>{text}</a>)}
        </dd>
      </div>
      {contact.reference === undefined ? null : (
        <div>
          <dt>{study.reference}</dt>
          <dd class="wx-mono">{contact.reference}</dd>
        </div>
      )}
    </>
  );
}

/** Whom to ask, on a card of its own where no study's card stands. */
export function ContactCard({ contact, texts }: ContactProps) {
  return (
    <div class="card">
      <div class="card-body">
        <dl class="wx-kv wx-s">
          <ContactRows contact={contact} texts={texts} />
        </dl>
      </div>
    </div>
  );
}
