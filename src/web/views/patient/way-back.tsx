import { Icon } from '../../components/icon.js';
import type { PatientFrame } from '../../components/patient-layout.js';
import { PostForm } from '../../components/post-form.js';
import { StatePage } from '../../components/state-page.js';
import { patientPaths } from '../paths.js';

interface ResumeProps {
  readonly frame: PatientFrame;
  /** Names this visit, so that a double click is one click. */
  readonly visit: string;
  /** Names the link, which the browser has; posted back, so that only a click uses it. */
  readonly link: string;
}

/** A link back into the pages, for a patient who redeemed before. Looking at it uses nothing up. */
export function ResumePage({ frame, visit, link }: ResumeProps) {
  const { wayBack } = frame.texts;
  return (
    <StatePage
      frame={frame}
      title={wayBack.welcome}
      lead={wayBack.welcomeLead}
      tone="ok"
      icon="person-check"
      actions={
        <PostForm action={patientPaths.redeem} csrf={visit} hidden={{ link }}>
          <button class="btn btn-primary btn-lg">
            {wayBack.goOn}
            <Icon name="arrow-right" />
          </button>
        </PostForm>
      }
    />
  );
}

/** After a fresh link was asked for: the same page for everybody, so that it tells nobody who is known. */
export function FreshLinkAskedPage({ frame }: { readonly frame: PatientFrame }) {
  const { wayBack } = frame.texts;
  return (
    <StatePage frame={frame} title={wayBack.asked} lead={wayBack.askedLead} tone="ok" icon="envelope">
      <p>{wayBack.askedAgain}</p>
    </StatePage>
  );
}

interface AskProps {
  readonly frame: PatientFrame;
  readonly label: string;
  /** Names the link at hand, which tells who asks; without it the patient says the address. */
  readonly link?: string | undefined;
}

/** Asks for a fresh link, to the address on record; whoever has no session may. */
export function AskForLink({ frame, label, link }: AskProps) {
  const { wayBack } = frame.texts;
  return (
    <form method="post" action={patientPaths.freshLink} class="wx-stack">
      {link === undefined ? null : <input type="hidden" name="link" value={link} />}
      {link === undefined ? (
        <div>
          <label class="form-label" for="email">
            {wayBack.yourAddress}
          </label>
          <input
            class="form-control"
            id="email"
            name="email"
            type="email"
            autocomplete="email"
            maxlength={254}
            required
            aria-describedby="email-help"
          />
          <p class="form-text" id="email-help">
            {wayBack.addressHelp}
          </p>
        </div>
      ) : (
        <p class="wx-s wx-2">{wayBack.byMail}</p>
      )}
      <div class="wx-actions">
        <button class="btn btn-outline-secondary btn-lg">
          <Icon name="envelope" />
          {label}
        </button>
      </div>
    </form>
  );
}
