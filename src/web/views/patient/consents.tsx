import { FormProblem } from '../../components/form-result.js';
import { Log, type LogStep } from '../../components/log.js';
import { Note } from '../../components/note.js';
import { type PatientFrame, PatientLayout } from '../../components/patient-layout.js';
import { PostForm } from '../../components/post-form.js';
import { patientPaths } from '../paths.js';
import { consentFieldId } from './consent-line.js';
import { ConsentStudyBox, type ConsentStudy } from './consent-study.js';

export interface ConsentsProps {
  readonly frame: PatientFrame;
  readonly csrf: string;
  readonly studies: readonly ConsentStudy[];
  readonly log: readonly LogStep[];
  /** Version of the consent text; posted back as hidden field `textVersion`, so that the answer names what was read. */
  readonly textVersion: string;
  readonly problem?: string | undefined;
}

/**
 * What the patient would like to share. Posts `share` (once a ticked line), `shown` (once an open line) and `answer`:
 * `save`, or `decline` for all that is open. Nothing is ticked beforehand, not even after a refused form.
 */
export function ConsentsPage({ frame, csrf, studies, log, textVersion, problem }: ConsentsProps) {
  const firstOpen = studies.flatMap(({ lines }) => lines).find(({ answer }) => answer.is === 'open');
  const field = firstOpen === undefined ? undefined : consentFieldId(firstOpen);
  return (
    <PatientLayout
      frame={frame}
      title="What you share"
      place={{ step: 1, state: 'now' }}
      aside={{ label: 'Help and progress', content: <Beside frame={frame} log={log} />, wide: true }}
    >
      <div class="wx-stack-l">
        {problem === undefined ? null : <FormProblem text={problem} field={field} />}
        <div class="wx-stack-s">
          <h1>What would you like to share?</h1>
          <p class="wx-lead">
            Tick what you agree to and leave the rest empty. You can take part with less, and change each
            answer later.
          </p>
        </div>
        <PostForm action={patientPaths.consents} csrf={csrf} hidden={{ textVersion }} class="wx-stack-l">
          {studies.map((study, index) => (
            <ConsentStudyBox study={study} number={index + 1} of={studies.length} zone={frame.zone} />
          ))}
          <p class="wx-s wx-2">
            What we have read before you stop stays with the study, unless you ask for it to be deleted. We
            keep the date and the version of this text with your answers: version {textVersion}.
          </p>
          <div class="wx-end">
            <button class="btn btn-primary btn-lg" name="answer" value="save">
              Save my answers and go on
            </button>
            <button class="btn btn-link wx-quiet btn-lg px-2" name="answer" value="decline">
              I do not want to take part
            </button>
          </div>
        </PostForm>
      </div>
    </PatientLayout>
  );
}

function Beside({ frame, log }: { readonly frame: PatientFrame; readonly log: readonly LogStep[] }) {
  return (
    <>
      {frame.contact === undefined ? null : (
        <Note tone="idle" icon="telephone" title="Not sure?">
          Ask {frame.contact.name} before you answer. Your place is kept.
        </Note>
      )}
      <Log steps={log} zone={frame.zone} reference={frame.contact?.reference} />
    </>
  );
}
