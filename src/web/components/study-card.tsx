import type { PropsWithChildren } from 'hono/jsx';
import { type Contact, contactLinks } from './contact.js';
import { Time } from './time.js';
import { longDate } from './times.js';

/** A study as its patients know it. */
export interface StudyFacts {
  readonly name: string;
  readonly runBy: string;
  readonly runsUntil?: Date | undefined;
}

interface StudyCardsProps {
  readonly studies: readonly StudyFacts[];
  readonly contact?: Contact | undefined;
  readonly zone: string;
}

/** Beside the text: which studies, who runs them, and once whom to ask. */
export function StudyCards({ studies, contact, zone }: StudyCardsProps) {
  return (
    <>
      {studies.map((study, index) => (
        <StudyCard study={study} contact={index === studies.length - 1 ? contact : undefined} zone={zone} />
      ))}
    </>
  );
}

interface StudyCardProps {
  readonly study: StudyFacts;
  readonly contact: Contact | undefined;
  readonly zone: string;
}

function StudyCard({ study, contact, zone }: StudyCardProps) {
  return (
    <div class="card">
      <div class="card-body wx-stack">
        <div>
          <p class="wx-eyebrow">The study</p>
          <h2>{study.name}</h2>
        </div>
        <dl class="wx-kv wx-s">
          <Row term="Run by">{study.runBy}</Row>
          {study.runsUntil === undefined ? null : (
            <Row term="Runs until">
              <Time at={study.runsUntil} zone={zone} as={longDate} />
            </Row>
          )}
          {contact === undefined ? null : <ContactRows contact={contact} />}
        </dl>
      </div>
    </div>
  );
}

function ContactRows({ contact }: { readonly contact: Contact }) {
  const who = contact.role === undefined ? contact.name : `${contact.name}, ${contact.role}`;
  return (
    <>
      <div>
        <dt>Questions? {who}</dt>
        <dd class="wx-links">
          {contactLinks(contact).map(({ href, text }) => (
            <a href={href}>{text}</a>
          ))}
        </dd>
      </div>
      {contact.reference === undefined ? null : (
        <div>
          <dt>Say this reference when you call</dt>
          <dd class="wx-mono">{contact.reference}</dd>
        </div>
      )}
    </>
  );
}

function Row({ term, children }: PropsWithChildren<{ readonly term: string }>) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
