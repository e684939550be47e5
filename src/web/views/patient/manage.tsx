import { FormDone, FormProblem } from '../../components/form-result.js';
import { Note } from '../../components/note.js';
import { type PatientFrame, PatientLayout } from '../../components/patient-layout.js';
import { StudyCards } from '../../components/study-card.js';
import { counted, inWords } from '../../components/words.js';
import { type Connection, ConnectionsCard } from './connections.js';
import { type SharingStudy, SharingForm } from './sharing-form.js';

export interface ManageProps {
  readonly frame: PatientFrame;
  readonly csrf: string;
  readonly connections: readonly Connection[];
  readonly studies: readonly SharingStudy[];
  readonly textVersion: string;
  /** What the last form did, where this page answers one. */
  readonly done?: string | undefined;
  readonly problem?: string | undefined;
}

/** The patient's own page: what is shared, with whom, and whether it arrives. */
export function ManagePage({ frame, csrf, connections, studies, textVersion, done, problem }: ManageProps) {
  const waiting = connections
    .filter(({ state }) => state.is === 'needs-reconnecting')
    .map(({ name }) => name);
  const cards = <StudyCards studies={studies} contact={frame.contact} zone={frame.zone} />;
  return (
    <PatientLayout
      frame={frame}
      title="Your sharing"
      aside={studies.length === 0 ? undefined : { label: 'About the study', content: cards }}
    >
      <div class="wx-stack-l">
        {problem === undefined ? null : <FormProblem text={problem} />}
        {done === undefined ? null : <FormDone text={done} />}
        <div class="wx-stack-s">
          <h1>Your sharing</h1>
          <p class="wx-lead">What you share, with whom, and whether it arrives.</p>
        </div>
        {waiting.length === 0 ? null : <NeedsYou devices={waiting} />}
        <ConnectionsCard connections={connections} csrf={csrf} zone={frame.zone} />
        {studies.length === 0 ? (
          <p class="wx-2">No study asks you for data at the moment.</p>
        ) : (
          <SharingForm
            studies={studies}
            csrf={csrf}
            zone={frame.zone}
            textVersion={textVersion}
            main={waiting.length === 0}
          />
        )}
      </div>
    </PatientLayout>
  );
}

function NeedsYou({ devices }: { readonly devices: readonly string[] }) {
  const title = devices.length === 1 ? 'One thing needs you' : `${counted(devices.length, 'thing')} need you`;
  return (
    <Note tone="warn" icon="arrow-repeat" title={title}>
      {inWords(devices)} {devices.length === 1 ? 'asks' : 'ask'} you to sign in again. It takes a minute.
      Nothing is lost: we read what was missed.
    </Note>
  );
}
