import type { WrittenConsentText } from '../../../db/consent-texts.js';
import { Field } from '../../components/field.js';
import { Icon } from '../../components/icon.js';
import { PostForm } from '../../components/post-form.js';
import { Time } from '../../components/time.js';
import { shortDate } from '../../components/times.js';
import { adminPaths } from '../paths.js';

interface ConsentTextProps {
  readonly study: { readonly id: number };
  readonly csrf: string;
  readonly zone: string;
  /** Every version, the newest first. */
  readonly texts: readonly WrittenConsentText[];
  readonly mayChange: boolean;
  readonly words?: string | undefined;
  readonly problem?: string | undefined;
}

/** The study's own words on the consent page, with every version they had. Posts `words` and `after`. */
export function StudyConsentText({ study, csrf, zone, texts, mayChange, words, problem }: ConsentTextProps) {
  const [stands, ...earlier] = texts;
  return (
    <section class="card" aria-labelledby="words-h">
      <div class="card-header">
        <h2 id="words-h">Consent text</h2>
        <span class="wx-s wx-2">in the study’s own words, above what patients tick</span>
      </div>
      {stands === undefined ? (
        <p class="card-body wx-2">None yet: patients read what the study is for, and our text.</p>
      ) : (
        <Version text={stands} zone={zone} />
      )}
      {mayChange ? (
        <PostForm
          action={`${adminPaths.studies}/${study.id}/consent-text`}
          csrf={csrf}
          hidden={{ after: String(stands?.version ?? 0) }}
          class="card-body wx-stack"
        >
          <Field
            id="words"
            label={stands === undefined ? 'Write the text' : 'Change the text'}
            help="A blank line begins a paragraph. Each time you save, it becomes a new version; answers name the one that was read."
            problem={problem}
          >
            <textarea
              class="form-control"
              id="words"
              name="words"
              rows={8}
              maxlength={20_000}
              aria-describedby={problem === undefined ? 'words-help' : 'words-help words-problem'}
            >
              {words ?? stands?.body ?? ''}
            </textarea>
          </Field>
          <div class="wx-actions">
            <button class="btn btn-outline-secondary">Save as version {(stands?.version ?? 0) + 1}</button>
          </div>
        </PostForm>
      ) : null}
      {earlier.length === 0 ? null : (
        <details class="wx-more card-body">
          <summary>
            <Icon name="chevron-right" />
            Earlier versions
          </summary>
          {earlier.map((text) => (
            <Version text={text} zone={zone} />
          ))}
        </details>
      )}
    </section>
  );
}

function Version({ text, zone }: { readonly text: WrittenConsentText; readonly zone: string }) {
  const { version, body, writtenAt, writtenBy } = text;
  return (
    <div class="card-body wx-stack-s wx-words">
      <p class="wx-s wx-2">
        Version {version}, <Time at={writtenAt} zone={zone} as={shortDate} />, by{' '}
        {writtenBy || 'nobody known'}
      </p>
      {body.split(/\n\s*\n/).map((paragraph) => (
        <p>{paragraph}</p>
      ))}
    </div>
  );
}
