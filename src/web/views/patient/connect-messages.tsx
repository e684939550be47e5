import { Icon } from '../../components/icon.js';
import type { PatientFrame } from '../../components/patient-layout.js';
import { PostForm } from '../../components/post-form.js';
import { StatePage } from '../../components/state-page.js';
import { clockTime } from '../../components/times.js';
import { patientPaths } from '../paths.js';

/** The attempt to connect that a page speaks of. */
interface AttemptProps {
  readonly frame: PatientFrame;
  readonly csrf: string;
  /** The provider key, posted to try again. */
  readonly provider: string;
  /** The device's maker as the patient knows it, e.g. `Oura`. */
  readonly device: string;
}

const answersKept = {
  icon: 'check-circle',
  text: 'Your answers are saved. You do not have to give them again.',
} as const;

function WaysOn({
  csrf,
  provider,
  label,
}: {
  readonly csrf: string;
  readonly provider: string;
  readonly label: string;
}) {
  return (
    <>
      <PostForm action={patientPaths.connect} csrf={csrf} hidden={{ provider }}>
        <button class="btn btn-primary btn-lg">
          <Icon name="arrow-clockwise" />
          {label}
        </button>
      </PostForm>
      <a class="btn btn-outline-secondary btn-lg" href={patientPaths.devices}>
        Choose another device
      </a>
      <a class="btn btn-link wx-quiet btn-lg px-2" href={patientPaths.manage}>
        Stop for now
      </a>
    </>
  );
}

/** The patient, or the device's maker, said no. */
export function DeniedPage({ frame, csrf, provider, device }: AttemptProps) {
  return (
    <StatePage
      frame={frame}
      title={`${device} is not connected`}
      lead={`You chose not to allow access on ${device}’s page, or the page was closed before the end. That is all right.`}
      tone="warn"
      icon="slash-circle"
      place={{ step: 3, state: 'stuck' }}
      facts={[{ icon: 'shield-check', text: `Nothing was read from ${device}.` }, answersKept]}
      actions={<WaysOn csrf={csrf} provider={provider} label={`Try ${device} again`} />}
    />
  );
}

/** The 15 minutes of an attempt are over. */
export function TimedOutPage({ frame, csrf, provider, device }: AttemptProps) {
  return (
    <StatePage
      frame={frame}
      title={`${device} is not connected`}
      lead="That took longer than 15 minutes, so we stopped waiting. Nothing is lost."
      tone="warn"
      icon="hourglass-bottom"
      place={{ step: 3, state: 'stuck' }}
      facts={[answersKept]}
      actions={<WaysOn csrf={csrf} provider={provider} label="Try again" />}
    />
  );
}

/** The attempt came back, but Open Wearables shows no active connection for it. */
export function FailedPage({ frame, csrf, provider, device }: AttemptProps) {
  return (
    <StatePage
      frame={frame}
      title={`${device} could not be connected`}
      lead={`You signed in, but ${device} did not confirm the connection. This is not your doing.`}
      tone="bad"
      icon="exclamation-octagon-fill"
      place={{ step: 3, state: 'stuck' }}
      facts={[{ icon: 'shield-check', text: `Nothing was read from ${device}.` }, answersKept]}
      actions={<WaysOn csrf={csrf} provider={provider} label={`Try ${device} again`} />}
    />
  );
}

/** The return came to a browser that did not begin the attempt. */
export function OtherBrowserPage({ frame }: { readonly frame: PatientFrame }) {
  return (
    <StatePage
      frame={frame}
      title="You came back in another browser"
      lead="You began somewhere else, for example inside your mail app. To keep your account safe, only the browser that began can finish."
      tone="warn"
      icon="window-stack"
      place={{ step: 3, state: 'stuck' }}
      facts={[{ icon: 'shield-check', text: 'Nothing was connected here.' }, answersKept]}
    >
      <p>Go back to the first browser and press “Try again” there.</p>
    </StatePage>
  );
}

interface DownProps {
  readonly frame: PatientFrame;
  /** When the machine tries again by itself, where that is known. */
  readonly nextTryAt?: Date | undefined;
  /** Where the patient was going: the address to look at again. */
  readonly again: string;
}

/** Open Wearables does not answer. */
export function DownPage({ frame, nextTryAt, again }: DownProps) {
  const next = nextTryAt === undefined ? '' : ` Next time at ${clockTime(nextTryAt, frame.zone)}.`;
  return (
    <StatePage
      frame={frame}
      title="We cannot reach the device makers right now"
      lead="This is on our side, not yours. It usually passes within minutes."
      tone="busy"
      icon="cloud-slash"
      place={{ step: 2, state: 'stuck' }}
      facts={[
        { icon: 'check-circle', text: 'Your answers are saved. You may close this page.' },
        { icon: 'arrow-repeat', text: `We try again by ourselves.${next}` },
      ]}
      actions={
        <a class="btn btn-primary btn-lg" href={again}>
          <Icon name="arrow-clockwise" />
          Try now
        </a>
      }
    />
  );
}
