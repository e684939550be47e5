import { contactLinks } from '../../components/contact.js';
import { Note } from '../../components/note.js';
import type { PatientFrame } from '../../components/patient-layout.js';
import { StatePage } from '../../components/state-page.js';
import { weekdayDate } from '../../components/times.js';
import { patientPaths } from '../paths.js';

/** An invitation whose time is over. */
export function ExpiredInvitationPage({
  frame,
  endedAt,
}: {
  readonly frame: PatientFrame;
  readonly endedAt: Date;
}) {
  return (
    <StatePage
      frame={frame}
      title="This invitation has ended"
      lead={`It could be used until ${weekdayDate(endedAt, frame.zone)}. Invitations end after a while to keep you safe.`}
      tone="idle"
      icon="hourglass-bottom"
    >
      <p>
        Ask {frame.contact?.name ?? 'the study team'} for a fresh one. Nothing that you answered before is
        lost.
      </p>
    </StatePage>
  );
}

interface UnusableProps {
  readonly frame: PatientFrame;
  /** Whether this browser is signed in already; the only case in which going on is offered. */
  readonly signedInHere: boolean;
}

/**
 * A link that was used before, or that nobody issued: the same answer, so that the page tells nobody
 * which invitations exist.
 */
export function UnusableInvitationPage({ frame, signedInHere }: UnusableProps) {
  return (
    <StatePage
      frame={frame}
      title="This link does not work any more"
      lead="An invitation works once. This one was already used, or the link is not complete."
      tone="idle"
      icon="link-45deg"
      actions={
        signedInHere ? (
          <a class="btn btn-primary btn-lg" href={patientPaths.manage}>
            Go on in this browser
          </a>
        ) : undefined
      }
    >
      <Note tone="idle" icon="person-check" title="Did you use it yourself?">
        Go on in the browser that you used then, or ask {frame.contact?.name ?? 'the study team'} for a fresh
        link.
      </Note>
      <Note tone="warn" icon="exclamation-triangle" title="It was not you?">
        Please tell {frame.contact?.name ?? 'the study team'} now
        <FirstWay frame={frame} />.
      </Note>
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
