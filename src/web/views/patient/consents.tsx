import { FormProblem } from '../../components/form-result.js';
import { Log, type LogStep } from '../../components/log.js';
import { Note } from '../../components/note.js';
import { type PatientFrame, PatientLayout } from '../../components/patient-layout.js';
import { PostForm } from '../../components/post-form.js';
import { StudyCards } from '../../components/study-card.js';
import { patientPaths } from '../paths.js';
import { consentFieldId } from './consent-line.js';
import { ConsentStudyBox, type ConsentStudy } from './consent-study.js';

export interface ConsentsProps {
  readonly frame: PatientFrame;
  readonly csrf: string;
  readonly studies: readonly ConsentStudy[];
  readonly log: readonly LogStep[];
  readonly problem?: string | undefined;
}

/**
 * What the patient would like to share. Posts `share` (once a ticked line), `shown` (once an open line) and `answer`:
 * `save`, or `decline` for all that is open; the hidden `textVersion` names the text that was read. Nothing is ticked beforehand, not even after a refused form.
 */
export function ConsentsPage({ frame, csrf, studies, log, problem }: ConsentsProps) {
  const { consents } = frame.texts;
  const firstOpen = studies.flatMap(({ lines }) => lines).find(({ answer }) => answer.is === 'open');
  const field = firstOpen === undefined ? undefined : consentFieldId(firstOpen);
  return (
    <PatientLayout
      frame={frame}
      title={consents.title}
      place={{ step: 1, state: 'now' }}
      aside={{
        label: consents.beside,
        content: <Beside frame={frame} studies={studies} log={log} />,
        wide: true,
      }}
    >
      <div class="wx-stack-l">
        {problem === undefined ? null : <FormProblem text={problem} field={field} />}
        <div class="wx-stack-s">
          <h1>{consents.question}</h1>
          <p class="wx-lead">{consents.lead}</p>
        </div>
        <PostForm
          action={patientPaths.consents}
          csrf={csrf}
          hidden={{ textVersion: consents.version }}
          class="wx-stack-l"
        >
          {studies.map((study, index) => (
            <ConsentStudyBox study={study} number={index + 1} of={studies.length} reader={frame} />
          ))}
          <p class="wx-s wx-2">{consents.kept(consents.version)}</p>
          <div class="wx-end">
            <button class="btn btn-primary btn-lg" name="answer" value="save">
              {consents.save}
            </button>
            <button class="btn btn-link wx-quiet btn-lg px-2" name="answer" value="decline">
              {consents.decline}
            </button>
          </div>
        </PostForm>
      </div>
    </PatientLayout>
  );
}

function Beside({ frame, studies, log }: Pick<ConsentsProps, 'frame' | 'studies' | 'log'>) {
  return (
    <>
      <StudyCards studies={studies} contact={frame.contact} reader={frame} />
      {frame.contact === undefined ? null : (
        <Note tone="idle" icon="telephone" title={frame.texts.consents.notSure}>
          {frame.texts.consents.ask(frame.contact.name)}
        </Note>
      )}
      <Log steps={log} reader={frame} reference={frame.contact?.reference} />
    </>
  );
}
