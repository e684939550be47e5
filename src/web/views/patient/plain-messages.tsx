import type { PatientFrame } from '../../components/patient-layout.js';
import { StatePage } from '../../components/state-page.js';
import { patientPaths } from '../paths.js';
import { AskForLink } from './way-back.js';

interface MessageProps {
  readonly frame: PatientFrame;
}

/** After signing out, and for anybody whose session is over. */
export function SignedOutPage({ frame }: MessageProps) {
  const { plain, shell, wayBack } = frame.texts;
  return (
    <StatePage
      frame={frame}
      title={plain.signedOut}
      lead={plain.signedOutLead}
      tone="ok"
      icon="check-circle-fill"
    >
      <p>{plain.toComeBack(frame.contact?.name ?? shell.studyTeam)}</p>
      <AskForLink frame={frame} label={wayBack.freshLink} />
    </StatePage>
  );
}

/** The patient does not want to take part, and said so before anything was shared. */
export function NotTakingPartPage({ frame }: MessageProps) {
  const { plain } = frame.texts;
  return (
    <StatePage
      frame={frame}
      title={plain.notTakingPart}
      lead={plain.notTakingPartLead}
      tone="ok"
      icon="check-circle-fill"
      facts={[{ icon: 'shield-check', text: plain.nothingIsRead }]}
      actions={
        <a class="btn btn-outline-secondary btn-lg" href={patientPaths.manage}>
          {plain.changeAnswers}
        </a>
      }
    />
  );
}

/** No page has this address. */
export function NotFoundPage({ frame }: MessageProps) {
  const { plain } = frame.texts;
  return (
    <StatePage frame={frame} title={plain.notFound} lead={plain.notFoundLead} tone="idle" icon="link-45deg">
      <p>{plain.openTheLink}</p>
    </StatePage>
  );
}

/** Asked for too often from one place. */
export function TooManyPage({ frame }: MessageProps) {
  const { plain } = frame.texts;
  return (
    <StatePage
      frame={frame}
      title={plain.tooMany}
      lead={plain.tooManyLead}
      tone="idle"
      icon="hourglass-split"
    />
  );
}

/** Something of ours went wrong. Says nothing of what it was. */
export function ErrorPage({ frame }: MessageProps) {
  const { plain } = frame.texts;
  return (
    <StatePage
      frame={frame}
      title={plain.failed}
      lead={plain.failedLead}
      tone="bad"
      icon="exclamation-octagon-fill"
    >
      <p>{plain.goBack}</p>
    </StatePage>
  );
}
