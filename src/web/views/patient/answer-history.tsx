import { dataKind } from '../../components/data-kinds.js';
import { Icon } from '../../components/icon.js';
import { Time } from '../../components/time.js';
import { clockTime, longDate } from '../../components/times.js';
import type { Reader } from '../../texts/reader.js';

/** An answer as it was given; a later one is another record and takes nothing away. */
export interface GivenAnswer {
  readonly study: string;
  readonly code: string;
  /** What the study calls the kind of data. */
  readonly text: string;
  readonly decision: 'agreed' | 'declined' | 'stopped';
  readonly decidedAt: Date;
}

interface AnswerHistoryProps {
  readonly answers: readonly GivenAnswer[];
  readonly reader: Reader;
}

/** Every answer so far, one click away. */
export function AnswerHistory({ answers, reader }: AnswerHistoryProps) {
  const { texts, zone, locale } = reader;
  const { history } = texts;
  return (
    <details class="wx-more" id="answers">
      <summary>
        <Icon name="chevron-right" />
        {history.title}
      </summary>
      <table class="wx-table is-cards">
        <thead>
          <tr>
            <th scope="col">{history.kind}</th>
            <th scope="col">{history.answer}</th>
            <th scope="col">{history.study}</th>
            <th scope="col">{history.at}</th>
          </tr>
        </thead>
        <tbody>
          {answers.map(({ study, code, text, decision, decidedAt }) => (
            <tr>
              <th scope="row">{dataKind(code, text, texts).label}</th>
              <td data-label={history.answer}>{texts.answers[decision]}</td>
              <td data-label={history.study}>{study}</td>
              <td data-label={history.at}>
                <Time at={decidedAt} zone={zone} locale={locale} as={dateAndTime} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function dateAndTime(at: Date, zone: string, locale?: string): string {
  return `${longDate(at, zone, locale)}, ${clockTime(at, zone, locale)}`;
}
