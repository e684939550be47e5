import { FormDone, FormProblem } from '../../components/form-result.js';
import { Note } from '../../components/note.js';
import { type PatientFrame, PatientLayout } from '../../components/patient-layout.js';
import { StudyCards } from '../../components/study-card.js';
import { figure, inWords } from '../../components/words.js';
import type { Reader } from '../../texts/reader.js';
import { EraseCard } from './erase.js';
import { AnswerHistory, type GivenAnswer } from './answer-history.js';
import { type Connection, ConnectionsCard } from './connections.js';
import { DownloadCard, LeaveCard } from './way-out.js';
import { type SharingStudy, SharingForm } from './sharing-form.js';

export interface ManageProps {
  readonly frame: PatientFrame;
  readonly csrf: string;
  readonly connections: readonly Connection[];
  readonly studies: readonly SharingStudy[];
  /** Every answer so far, the newest first. */
  readonly answers: readonly GivenAnswer[];
  /** How many readings are held. */
  readonly readings: number;
  /** What the last form did, where this page answers one. */
  readonly done?: string | undefined;
  readonly problem?: string | undefined;
}

/** The patient's own page: what is shared, with whom, and whether it arrives. */
export function ManagePage(props: ManageProps) {
  const { frame, csrf, connections, studies, answers, readings, done, problem } = props;
  const { texts } = frame;
  const waiting = connections
    .filter(({ state }) => state.is === 'needs-reconnecting')
    .map(({ name }) => name);
  const cards = (
    <>
      <DownloadCard readings={readings} reader={frame} />
      {studies.length === 0 ? null : (
        <>
          <StudyCards studies={studies} contact={frame.contact} reader={frame} />
          <LeaveCard studies={studies} reader={frame} />
        </>
      )}
      <EraseCard reader={frame} />
    </>
  );
  return (
    <PatientLayout
      frame={frame}
      title={texts.manage.title}
      aside={{ label: texts.study.about, content: cards }}
    >
      <div class="wx-stack-l">
        {problem === undefined ? null : <FormProblem text={problem} />}
        {done === undefined ? null : <FormDone text={done} />}
        <div class="wx-stack-s">
          <h1>{texts.manage.title}</h1>
          <p class="wx-lead">{texts.manage.lead}</p>
        </div>
        {waiting.length === 0 ? null : <NeedsYou devices={waiting} reader={frame} />}
        <ConnectionsCard connections={connections} csrf={csrf} reader={frame} />
        {studies.length === 0 ? (
          <p class="wx-2">{texts.manage.noStudy}</p>
        ) : (
          <SharingForm studies={studies} csrf={csrf} reader={frame} main={waiting.length === 0} />
        )}
        {answers.length === 0 ? null : <AnswerHistory answers={answers} reader={frame} />}
      </div>
    </PatientLayout>
  );
}

interface NeedsYouProps {
  readonly devices: readonly string[];
  readonly reader: Reader;
}

function NeedsYou({ devices, reader: { texts, locale } }: NeedsYouProps) {
  const { manage } = texts;
  const names = inWords(devices, locale);
  const isOne = devices.length === 1;
  const title = isOne ? manage.oneNeedsYou : manage.severalNeedYou(figure(devices.length, locale));
  return (
    <Note tone="warn" icon="arrow-repeat" title={title}>
      {isOne ? manage.asksToSignIn(names) : manage.askToSignIn(names)}
    </Note>
  );
}
