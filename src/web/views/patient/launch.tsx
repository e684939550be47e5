import { dataKind } from '../../components/data-kinds.js';
import { Facts } from '../../components/facts.js';
import { FormProblem } from '../../components/form-result.js';
import { Icon } from '../../components/icon.js';
import { Note } from '../../components/note.js';
import { type PatientFrame, PatientLayout } from '../../components/patient-layout.js';
import { PostForm } from '../../components/post-form.js';
import { stepNames } from '../../components/steps.js';
import { StudyCards, type StudyFacts } from '../../components/study-card.js';
import { Time } from '../../components/time.js';
import { weekdayDate } from '../../components/times.js';
import { inWords } from '../../components/words.js';
import { patientPaths } from '../paths.js';

/** A study with what it asks for. */
export interface InvitingStudy extends StudyFacts {
  readonly scopes: readonly { readonly code: string; readonly name: string }[];
}

export interface LaunchProps {
  readonly frame: PatientFrame;
  readonly csrf: string;
  /** The secret part of the link; posted back as hidden field `token`, so that only a click redeems it. */
  readonly token: string;
  /** Who invites: a person, or the organization where no person is known. */
  readonly inviter: string;
  readonly studies: readonly InvitingStudy[];
  readonly expiresAt: Date;
  readonly problem?: string | undefined;
}

const stepTexts = [
  'Say yes or no to each kind of data. Nothing is ticked for you.',
  'Pick the wearable that you already wear.',
  'On the device maker’s own page. We never see that password.',
  'You see your first data arrive. After that there is nothing to do.',
] as const;

/** The first page of an invitation: who invites, to what, until when. Looking at it uses nothing up. */
export function LaunchPage({ frame, csrf, token, inviter, studies, expiresAt, problem }: LaunchProps) {
  const aside = (
    <>
      <StudyCards studies={studies} contact={frame.contact} zone={frame.zone} />
      <Note tone="idle" icon="shield-lock" title="Not meant for you?">
        Close this page. Nothing has happened, and nothing was saved.
      </Note>
    </>
  );
  return (
    <PatientLayout frame={frame} title="Your invitation" aside={{ label: 'About the study', content: aside }}>
      <div class="wx-stack-l">
        {problem === undefined ? null : <FormProblem text={problem} />}
        <div class="wx-stack">
          <p class="wx-eyebrow">A personal invitation from {frame.organization}</p>
          <h1>
            {inviter} invites you to {destination(studies)}
          </h1>
          <p class="wx-lead">{wish(studies)}</p>
        </div>
        <section class="card" aria-labelledby="how-h">
          <div class="card-body wx-stack-l">
            <h2 id="how-h">What happens in four steps</h2>
            <FourSteps />
            <Facts
              facts={[
                { icon: 'clock', text: 'Takes about 5 minutes.' },
                { icon: 'smartwatch', text: 'Have the sign-in of your wearable’s app at hand.' },
              ]}
            />
            <PostForm action={patientPaths.redeem} csrf={csrf} hidden={{ token }} class="wx-stack-s">
              <div class="wx-actions">
                <button class="btn btn-primary btn-lg">
                  Begin
                  <Icon name="arrow-right" />
                </button>
              </div>
              <p class="wx-s wx-2">
                This invitation is for one person and works once, until{' '}
                <Time at={expiresAt} zone={frame.zone} as={weekdayDate} />. Opening this page has not used it.
              </p>
            </PostForm>
          </div>
        </section>
      </div>
    </PatientLayout>
  );
}

function FourSteps() {
  return (
    <ol class="wx-steps is-open">
      {stepTexts.map((text, index) => (
        <li>
          <span class="wx-dot" aria-hidden="true">
            {index + 1}
          </span>
          <strong>{stepNames[index]}</strong>
          <p>{text}</p>
        </li>
      ))}
    </ol>
  );
}

function destination(studies: readonly InvitingStudy[]): string {
  const [only, ...others] = studies;
  return only !== undefined && others.length === 0 ? withArticle(only.name) : `${studies.length} studies`;
}

/** A name may say itself that it is a study, or bring its own article. */
function withArticle(name: string): string {
  if (/^(the|a|an)\s/i.test(name)) return name;
  return /\b(study|trial|project|program(me)?)\b/i.test(name) ? `the ${name}` : `the study “${name}”`;
}

function wish(studies: readonly InvitingStudy[]): string {
  const kinds = new Set(
    studies.flatMap(({ scopes }) => scopes.map(({ code, name }) => dataKind(code, name).label.toLowerCase())),
  );
  const who = studies.length > 1 ? 'The studies would like' : 'The study would like';
  const what = kinds.size === 0 ? 'data' : inWords([...kinds]);
  return `${who} to read ${what} from a wearable you already own. You choose what to share, and you can stop at any time.`;
}
