import { Icon } from '../../components/icon.js';
import { PostForm } from '../../components/post-form.js';
import type { StudyFacts } from '../../components/study-card.js';
import type { Reader } from '../../texts/reader.js';
import { patientPaths } from '../paths.js';
import type { ConsentLine } from './consent-line.js';
import { SharingRow } from './sharing-row.js';
import { type StudyText, StudyWords } from './study-words.js';

/** A study with the patient's answers to it. */
export interface SharingStudy extends StudyFacts {
  readonly id: string;
  readonly ownText?: StudyText | undefined;
  readonly lines: readonly ConsentLine[];
}

interface SharingFormProps {
  readonly studies: readonly SharingStudy[];
  readonly csrf: string;
  readonly reader: Reader;
  /** Whether saving is the main action of the page. */
  readonly main: boolean;
}

/**
 * Every answer, to change and save. Posts `answer-<line id>` = `share` or `stop` for each line that has an answer;
 * a line left open is not posted.
 */
export function SharingForm({ studies, csrf, reader, main }: SharingFormProps) {
  const { consents, sharing } = reader.texts;
  return (
    <PostForm
      action={patientPaths.saveConsents}
      csrf={csrf}
      hidden={{ textVersion: consents.version }}
      class="wx-stack-l"
    >
      {studies.map((study) => (
        <section class="card" aria-labelledby={`sharing-${study.id}`}>
          <div class="card-header">
            <div>
              <p class="wx-eyebrow">{sharing.with}</p>
              <h2 id={`sharing-${study.id}`}>{study.name}</h2>
            </div>
          </div>
          {study.ownText === undefined ? (
            <StudyWords study={study} named={consents.ownText} />
          ) : (
            <details class="wx-more card-body">
              <summary>
                <Icon name="chevron-right" />
                {sharing.ownText}
              </summary>
              <StudyWords study={study} named={consents.ownText} />
            </details>
          )}
          <ul class="wx-list is-ruled">
            {study.lines.map((line) => (
              <SharingRow line={line} study={study.name} reader={reader} />
            ))}
          </ul>
        </section>
      ))}
      <div class="wx-stack-s">
        <p class="wx-s wx-2">{sharing.whenYouStop}</p>
        <div class="wx-end">
          <button class={`btn btn-lg ${main ? 'btn-primary' : 'btn-outline-secondary'}`}>
            {sharing.save}
          </button>
        </div>
      </div>
    </PostForm>
  );
}
