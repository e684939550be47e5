import type { Fact } from '../../components/facts.js';
import { Icon } from '../../components/icon.js';
import type { PatientFrame } from '../../components/patient-layout.js';
import { PostForm } from '../../components/post-form.js';
import { StatePage } from '../../components/state-page.js';
import { clockTime } from '../../components/times.js';
import type { Texts } from '../../texts/en.js';
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

function answersKept({ attempt }: Texts): Fact {
  return { icon: 'check-circle', text: attempt.answersKept };
}

function nothingRead({ attempt }: Texts, device: string): Fact {
  return { icon: 'shield-check', text: attempt.nothingRead(device) };
}

function WaysOn({ frame, csrf, provider, label }: AttemptProps & { readonly label: string }) {
  const { attempt } = frame.texts;
  return (
    <>
      <PostForm action={patientPaths.connect} csrf={csrf} hidden={{ provider }}>
        <button class="btn btn-primary btn-lg">
          <Icon name="arrow-clockwise" />
          {label}
        </button>
      </PostForm>
      <a class="btn btn-outline-secondary btn-lg" href={patientPaths.devices}>
        {attempt.anotherDevice}
      </a>
      <a class="btn btn-link wx-quiet btn-lg px-2" href={patientPaths.manage}>
        {attempt.stopForNow}
      </a>
    </>
  );
}

/** The patient, or the device's maker, said no. */
export function DeniedPage(props: AttemptProps) {
  const { frame, device } = props;
  const { attempt } = frame.texts;
  return (
    <StatePage
      frame={frame}
      title={attempt.notConnected(device)}
      lead={attempt.denied(device)}
      tone="warn"
      icon="slash-circle"
      place={{ step: 3, state: 'stuck' }}
      facts={[nothingRead(frame.texts, device), answersKept(frame.texts)]}
      actions={<WaysOn {...props} label={attempt.tryDevice(device)} />}
    />
  );
}

/** The 15 minutes of an attempt are over. */
export function TimedOutPage(props: AttemptProps) {
  const { frame, device } = props;
  const { attempt } = frame.texts;
  return (
    <StatePage
      frame={frame}
      title={attempt.notConnected(device)}
      lead={attempt.tookTooLong}
      tone="warn"
      icon="hourglass-bottom"
      place={{ step: 3, state: 'stuck' }}
      facts={[answersKept(frame.texts)]}
      actions={<WaysOn {...props} label={attempt.tryAgain} />}
    />
  );
}

/** The attempt came back, but Open Wearables shows no active connection for it. */
export function FailedPage(props: AttemptProps) {
  return <CouldNotConnect {...props} lead={props.frame.texts.attempt.notConfirmed(props.device)} />;
}

/** Open Wearables leads to a sign-in page that is not known to be the maker's: nobody is sent there. */
export function ForeignSignInPage(props: AttemptProps) {
  return <CouldNotConnect {...props} lead={props.frame.texts.attempt.notTheMaker(props.device)} />;
}

function CouldNotConnect(props: AttemptProps & { readonly lead: string }) {
  const { frame, device, lead } = props;
  const { attempt } = frame.texts;
  return (
    <StatePage
      frame={frame}
      title={attempt.couldNotConnect(device)}
      lead={lead}
      tone="bad"
      icon="exclamation-octagon-fill"
      place={{ step: 3, state: 'stuck' }}
      facts={[nothingRead(frame.texts, device), answersKept(frame.texts)]}
      actions={<WaysOn {...props} label={attempt.tryDevice(device)} />}
    />
  );
}

/** The return came to a browser that did not begin the attempt. */
export function OtherBrowserPage({ frame }: { readonly frame: PatientFrame }) {
  const { attempt } = frame.texts;
  return (
    <StatePage
      frame={frame}
      title={attempt.otherBrowser}
      lead={attempt.beganElsewhere}
      tone="warn"
      icon="window-stack"
      place={{ step: 3, state: 'stuck' }}
      facts={[{ icon: 'shield-check', text: attempt.nothingConnected }, answersKept(frame.texts)]}
    >
      <p>{attempt.goBack}</p>
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

const TRY_AGAIN_SECONDS = 30;

/** Open Wearables does not answer. The page itself may be the answer to a form, which looking again must not repeat. */
export function DownPage({ frame, nextTryAt, again }: DownProps) {
  const { down } = frame.texts;
  const byOurselves =
    nextTryAt === undefined
      ? down.byOurselves
      : down.byOurselvesAt(clockTime(nextTryAt, frame.zone, frame.locale));
  return (
    <StatePage
      frame={frame}
      title={down.title}
      lead={down.lead}
      tone="busy"
      icon="cloud-slash"
      place={{ step: 2, state: 'stuck' }}
      again={{ seconds: TRY_AGAIN_SECONDS, at: again }}
      facts={[
        { icon: 'check-circle', text: down.saved },
        { icon: 'arrow-repeat', text: byOurselves },
      ]}
      actions={
        <a class="btn btn-primary btn-lg" href={again}>
          <Icon name="arrow-clockwise" />
          {down.tryNow}
        </a>
      }
    />
  );
}
