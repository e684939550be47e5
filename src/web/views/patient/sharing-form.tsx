import { PostForm } from '../../components/post-form.js';
import type { StudyFacts } from '../../components/study-card.js';
import { patientPaths } from '../paths.js';
import type { ConsentLine } from './consent-line.js';
import { SharingRow } from './sharing-row.js';

/** A study with the patient's answers to it. */
export interface SharingStudy extends StudyFacts {
  readonly id: string;
  readonly lines: readonly ConsentLine[];
}

interface SharingFormProps {
  readonly studies: readonly SharingStudy[];
  readonly csrf: string;
  readonly zone: string;
  readonly textVersion: string;
  /** Whether saving is the main action of the page. */
  readonly main: boolean;
}

/**
 * Every answer, to change and save. Posts `answer-<line id>` = `share` or `stop` for each line that has an answer;
 * a line left open is not posted.
 */
export function SharingForm({ studies, csrf, zone, textVersion, main }: SharingFormProps) {
  return (
    <PostForm action={patientPaths.saveConsents} csrf={csrf} hidden={{ textVersion }} class="wx-stack-l">
      {studies.map((study) => (
        <section class="card" aria-labelledby={`sharing-${study.id}`}>
          <div class="card-header">
            <div>
              <p class="wx-eyebrow">What you share with</p>
              <h2 id={`sharing-${study.id}`}>{study.name}</h2>
            </div>
          </div>
          <ul class="wx-list is-ruled">
            {study.lines.map((line) => (
              <SharingRow line={line} study={study.name} zone={zone} />
            ))}
          </ul>
        </section>
      ))}
      <div class="wx-stack-s">
        <p class="wx-s wx-2">
          When you stop a kind of data, reading ends at once. What came before stays with the study, unless
          you ask for it to be deleted. A device that nothing you share needs any more is disconnected.
        </p>
        <div class="wx-end">
          <button class={`btn btn-lg ${main ? 'btn-primary' : 'btn-outline-secondary'}`}>
            Save my answers
          </button>
        </div>
      </div>
    </PostForm>
  );
}
