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

/** Below a page that tells of a hitch. */
export function StillStuck({ contact, texts }: { readonly contact: Contact; readonly texts: Texts }) {
  const [way] = contactLinks(contact);
  if (way === undefined) return null;
  return (
    <p class="wx-s wx-2">
      {texts.study.stillStuck(contact.name)}
      <a href={way.href}>{way.text}</a>.
      {contact.reference === undefined ? null : (
        <>
          {' '}
          {texts.study.sayReference}
          <span class="wx-mono wx-nowrap">{contact.reference}</span>.
        </>
      )}
    </p>
  );
}
