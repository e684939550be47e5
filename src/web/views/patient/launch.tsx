import { dataKind } from '../../components/data-kinds.js';
import { Facts } from '../../components/facts.js';
import { FormProblem } from '../../components/form-result.js';
import { Icon } from '../../components/icon.js';
import { Note } from '../../components/note.js';
import { type PatientFrame, PatientLayout } from '../../components/patient-layout.js';
import { PostForm } from '../../components/post-form.js';
import { StudyCards, type StudyFacts } from '../../components/study-card.js';
import { Time } from '../../components/time.js';
import { weekdayDate } from '../../components/times.js';
import { figure, inWords } from '../../components/words.js';
import type { Reader } from '../../texts/reader.js';
import { patientPaths } from '../paths.js';

/** A study with what it asks for. */
export interface InvitingStudy extends StudyFacts {
  readonly scopes: readonly { readonly code: string; readonly name: string }[];
}

export interface LaunchProps {
  readonly frame: PatientFrame;
  readonly csrf: string;
  /** Names the link, whose code the browser has; posted back as hidden field `link`, so that only a click redeems it. */
  readonly link: string;
  /** Who invites: a person, or the organization where no person is known. */
  readonly inviter: string;
  readonly studies: readonly InvitingStudy[];
  readonly expiresAt: Date;
  readonly problem?: string | undefined;
}

/** The first page of an invitation: who invites, to what, until when. Looking at it uses nothing up. */
export function LaunchPage({ frame, csrf, link, inviter, studies, expiresAt, problem }: LaunchProps) {
  const { texts, zone, locale } = frame;
  const { launch } = texts;
  const aside = (
    <>
      <StudyCards studies={studies} contact={frame.contact} reader={frame} />
      <Note tone="idle" icon="shield-lock" title={launch.notForYou}>
        {launch.closeThisPage}
      </Note>
    </>
  );
  return (
    <PatientLayout frame={frame} title={launch.title} aside={{ label: texts.study.about, content: aside }}>
      <div class="wx-stack-l">
        {problem === undefined ? null : <FormProblem text={problem} />}
        <div class="wx-stack">
          <p class="wx-eyebrow">{launch.from(frame.organization)}</p>
          <h1>{launch.invites(inviter, destination(studies, frame))}</h1>
          <p class="wx-lead">{wish(studies, frame)}</p>
        </div>
        <section class="card" aria-labelledby="how-h">
          <div class="card-body wx-stack-l">
            <h2 id="how-h">{launch.fourSteps}</h2>
            <FourSteps texts={texts} />
            <Facts
              facts={[
                { icon: 'clock', text: launch.minutes },
                { icon: 'smartwatch', text: launch.atHand },
              ]}
            />
            <PostForm action={patientPaths.redeem} csrf={csrf} hidden={{ link }} class="wx-stack-s">
              <div class="wx-actions">
                <button class="btn btn-primary btn-lg" name="answer" value="begin">
                  {launch.begin}
                  <Icon name="arrow-right" />
                </button>
                <button class="btn btn-link wx-quiet btn-lg px-2" name="answer" value="decline">
                  {texts.consents.decline}
                </button>
              </div>
              <p class="wx-s wx-2">
                {launch.once(<Time at={expiresAt} zone={zone} locale={locale} as={weekdayDate} />)}
              </p>
            </PostForm>
          </div>
        </section>
      </div>
    </PatientLayout>
  );
}

function FourSteps({ texts: { launch, shell } }: Pick<Reader, 'texts'>) {
  return (
    <ol class="wx-steps is-open">
      {launch.stepTexts.map((text, index) => (
        <li>
          <span class="wx-dot" aria-hidden="true">
            {index + 1}
          </span>
          <strong>{shell.steps[index]}</strong>
          <p>{text}</p>
        </li>
      ))}
    </ol>
  );
}

function destination(studies: readonly InvitingStudy[], { texts, locale }: Reader): string {
  const [only, ...others] = studies;
  return only !== undefined && others.length === 0
    ? texts.launch.study(only.name)
    : texts.launch.studies(figure(studies.length, locale));
}

function wish(studies: readonly InvitingStudy[], { texts, locale }: Reader): string {
  const kinds = new Set(
    studies.flatMap(({ scopes }) =>
      scopes.map(({ code, name }) => dataKind(code, name, texts).label.toLocaleLowerCase(locale)),
    ),
  );
  const what = kinds.size === 0 ? texts.launch.anyData : inWords([...kinds], locale);
  return studies.length > 1 ? texts.launch.wishOfSeveral(what) : texts.launch.wish(what);
}
