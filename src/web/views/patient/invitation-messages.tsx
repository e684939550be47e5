import { contactLinks } from '../../components/contact.js';
import { Note } from '../../components/note.js';
import type { PatientFrame } from '../../components/patient-layout.js';
import { StatePage } from '../../components/state-page.js';
import { weekdayDate } from '../../components/times.js';
import { patientPaths } from '../paths.js';
import { AskForLink } from './way-back.js';

/** An invitation whose time is over. */
export function ExpiredInvitationPage({
  frame,
  endedAt,
  link,
}: {
  readonly frame: PatientFrame;
  readonly endedAt: Date;
  /** Names the link at hand: whose it was is who may ask for a fresh one. */
  readonly link: string | undefined;
}) {
  const { invitation, shell, wayBack } = frame.texts;
  return (
    <StatePage
      frame={frame}
      title={invitation.ended}
      lead={invitation.endedAt(weekdayDate(endedAt, frame.zone, frame.locale))}
      tone="idle"
      icon="hourglass-bottom"
    >
      <p>{invitation.askForFresh(frame.contact?.name ?? shell.studyTeam)}</p>
      <AskForLink frame={frame} label={wayBack.freshInvitation} link={link} />
    </StatePage>
  );
}

interface UnusableProps {
  readonly frame: PatientFrame;
  /** Whether this browser is signed in already; the only case in which going on is offered. */
  readonly signedInHere: boolean;
  /** Names the link at hand, if it can have been one. */
  readonly link?: string | undefined;
}

/**
 * A link that was used before, or that nobody issued: the same answer, so that the page tells nobody
 * which invitations exist.
 */
export function UnusableInvitationPage({ frame, signedInHere, link }: UnusableProps) {
  const { invitation, shell, wayBack } = frame.texts;
  const who = frame.contact?.name ?? shell.studyTeam;
  return (
    <StatePage
      frame={frame}
      title={invitation.unusable}
      lead={invitation.worksOnce}
      tone="idle"
      icon="link-45deg"
      actions={
        signedInHere ? (
          <a class="btn btn-primary btn-lg" href={patientPaths.manage}>
            {invitation.goOnHere}
          </a>
        ) : undefined
      }
    >
      <Note tone="idle" icon="person-check" title={invitation.wasItYou}>
        {invitation.goOnThere(who)}
      </Note>
      <AskForLink frame={frame} label={wayBack.freshLink} link={link} />
      <Note tone="warn" icon="exclamation-triangle" title={invitation.notYou}>
        {invitation.tell(who, <FirstWay frame={frame} />)}
      </Note>
    </StatePage>
  );
}

/** An open link that this browser was told of and does not have any more, or never kept. */
export function ForgottenLinkPage({ frame }: { readonly frame: PatientFrame }) {
  const { invitation } = frame.texts;
  return (
    <StatePage
      frame={frame}
      title={invitation.openAgain}
      lead={invitation.stillWorks}
      tone="idle"
      icon="link-45deg"
    >
      <p>{invitation.keepsNothing}</p>
    </StatePage>
  );
}

function FirstWay({ frame }: { readonly frame: PatientFrame }) {
  const [way] = frame.contact === undefined ? [] : contactLinks(frame.contact);
  return way === undefined ? null : (
    <>
      : <a href={way.href}>{way.text}</a>
    </>
  );
}
