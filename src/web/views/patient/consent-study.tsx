import type { StudyFacts } from '../../components/study-card.js';
import { Time } from '../../components/time.js';
import { longDate } from '../../components/times.js';
import { figure } from '../../components/words.js';
import type { Reader } from '../../texts/reader.js';
import { type ConsentLine, ConsentRow } from './consent-line.js';
import { type StudyText, StudyWords } from './study-words.js';

/** A study's box: what it is for, and a line for each kind of data it asks for. */
export interface ConsentStudy extends StudyFacts {
  readonly id: string;
  readonly purpose?: string | undefined;
  /** What the study tells in its own words, where it does. */
  readonly ownText?: StudyText | undefined;
  /** Who can read the data, in words: `6 people of the study team at Lifespan Lab`. */
  readonly seenBy: string;
  readonly lines: readonly ConsentLine[];
}

interface BoxProps {
  readonly study: ConsentStudy;
  readonly number: number;
  readonly of: number;
  readonly reader: Reader;
}

/** One box a study, one line a kind of data. */
export function ConsentStudyBox({ study, number, of, reader }: BoxProps) {
  const { texts, zone, locale } = reader;
  const heading = `study-${study.id}`;
  return (
    <section class="card overflow-hidden" aria-labelledby={heading}>
      <div class="card-body wx-stack-s">
        {of > 1 ? (
          <p class="wx-eyebrow">{texts.consents.studyOf(figure(number, locale), figure(of, locale))}</p>
        ) : null}
        <h2 id={heading}>{study.name}</h2>
        <p class="wx-2">
          {study.purpose}
          {study.runsUntil === undefined ? null : (
            <>
              {' '}
              {texts.consents.runsUntil(
                <Time at={study.runsUntil} zone={zone} locale={locale} as={longDate} />,
              )}
            </>
          )}
        </p>
        <StudyWords study={study} named={texts.consents.ownText} />
        {study.lines.some(({ answer }) => answer.is === 'open') ? (
          <p class="fw-semibold pt-2">{texts.consents.iAgree}</p>
        ) : null}
      </div>
      <ul>
        {study.lines.map((line) => (
          <ConsentRow line={line} seenBy={study.seenBy} reader={reader} />
        ))}
      </ul>
    </section>
  );
}
