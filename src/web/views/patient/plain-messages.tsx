import type { PatientFrame } from '../../components/patient-layout.js';
import { StatePage } from '../../components/state-page.js';
import { patientPaths } from '../paths.js';

interface MessageProps {
  readonly frame: PatientFrame;
}

/** After signing out, and for anybody whose session is over. */
export function SignedOutPage({ frame }: MessageProps) {
  return (
    <StatePage
      frame={frame}
      title="You are signed out"
      lead="What you share goes on as you left it. Nobody can see your page in this browser now."
      tone="ok"
      icon="check-circle-fill"
    >
      <p>To come back, ask {frame.contact?.name ?? 'the study team'} for a fresh link.</p>
    </StatePage>
  );
}

/** The patient does not want to take part, and said so before anything was shared. */
export function NotTakingPartPage({ frame }: MessageProps) {
  return (
    <StatePage
      frame={frame}
      title="You are not taking part"
      lead="We saved that you said no. You need not give a reason, and your care is not affected."
      tone="ok"
      icon="check-circle-fill"
      facts={[
        { icon: 'shield-check', text: 'Nothing is read from any device for what you did not agree to.' },
      ]}
      actions={
        <a class="btn btn-outline-secondary btn-lg" href={patientPaths.manage}>
          See or change my answers
        </a>
      }
    />
  );
}

/** No page has this address. */
export function NotFoundPage({ frame }: MessageProps) {
  return (
    <StatePage
      frame={frame}
      title="There is no page here"
      lead="The address is not complete, or the page has moved. Nothing has changed."
      tone="idle"
      icon="link-45deg"
    >
      <p>Open the link in your invitation again, or go back one page.</p>
    </StatePage>
  );
}

/** Something of ours went wrong. Says nothing of what it was. */
export function ErrorPage({ frame }: MessageProps) {
  return (
    <StatePage
      frame={frame}
      title="This page could not be shown"
      lead="This is on our side, not yours. What you saved before is kept."
      tone="bad"
      icon="exclamation-octagon-fill"
    >
      <p>Go back one page and try again in a few minutes.</p>
    </StatePage>
  );
}
