import type { PropsWithChildren } from 'hono/jsx';
import type { Reader } from '../texts/reader.js';
import { type Contact, ContactRows } from './contact.js';
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
  readonly reader: Reader;
}

/** Beside the text: which studies, who runs them, and once whom to ask. */
export function StudyCards({ studies, contact, reader }: StudyCardsProps) {
  return (
    <>
      {studies.map((study, index) => (
        <StudyCard
          study={study}
          contact={index === studies.length - 1 ? contact : undefined}
          reader={reader}
        />
      ))}
    </>
  );
}

interface StudyCardProps {
  readonly study: StudyFacts;
  readonly contact: Contact | undefined;
  readonly reader: Reader;
}

function StudyCard({ study, contact, reader }: StudyCardProps) {
  const { texts, zone, locale } = reader;
  return (
    <div class="card">
      <div class="card-body wx-stack">
        <div>
          <p class="wx-eyebrow">{texts.study.eyebrow}</p>
          <h2>{study.name}</h2>
        </div>
        <dl class="wx-kv wx-s">
          <Row term={texts.study.runBy}>{study.runBy}</Row>
          {study.runsUntil === undefined ? null : (
            <Row term={texts.study.runsUntil}>
              <Time at={study.runsUntil} zone={zone} locale={locale} as={longDate} />
            </Row>
          )}
          {contact === undefined ? null : <ContactRows contact={contact} texts={texts} />}
        </dl>
      </div>
    </div>
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
