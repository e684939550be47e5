import { Icon } from '../../components/icon.js';
import { Time } from '../../components/time.js';
import { weekdayDate } from '../../components/times.js';

export interface IssuedInvitation {
  readonly patientName: string;
  /** The whole link, secret included: shown once and kept nowhere. */
  readonly link: string;
  readonly expiresAt: Date;
}

/** The link of a fresh invitation, to be handed to its patient. */
export function IssuedInvitationCard({
  issued,
  zone,
}: {
  readonly issued: IssuedInvitation;
  readonly zone: string;
}) {
  return (
    <section class="wx-note is-ok" aria-labelledby="issued-h">
      <Icon name="envelope" />
      <div>
        <h2 id="issued-h">Invitation for {issued.patientName}</h2>
        <p id="issued-help">
          Copy the link now: it is shown this once. It works once, until{' '}
          <Time at={issued.expiresAt} zone={zone} as={weekdayDate} />. Invitations that {issued.patientName}{' '}
          had before do not work any more.
        </p>
        <label class="visually-hidden" for="issued-link">
          Link for {issued.patientName}
        </label>
        <div class="wx-copy">
          <input
            class="form-control"
            id="issued-link"
            value={issued.link}
            readonly
            autofocus
            aria-describedby="issued-help"
          />
        </div>
      </div>
    </section>
  );
}
