import type { AccountEnd } from '../../../erasure.js';
import { type Fact, Facts } from '../../components/facts.js';
import { LookAgain } from '../../components/look-again.js';
import type { PatientFrame } from '../../components/patient-layout.js';
import { StatePage } from '../../components/state-page.js';
import { Tasks } from '../../components/tasks.js';
import { clockTime, longDate } from '../../components/times.js';
import { Time } from '../../components/time.js';
import { figure } from '../../components/words.js';
import type { ErasureSteps } from '../../erasure-steps.js';
import { patientPaths } from '../paths.js';
import { staying } from './erase.js';

const LOOK_EVERY_SECONDS = 2;

interface ReceiptProps {
  readonly frame: PatientFrame;
  readonly reference: string;
  readonly askedAt: Date;
  /** How many rows were removed here. */
  readonly entries: number;
}

/** While everything is being erased: moves on by itself. */
export function ErasingPage(props: ReceiptProps & { readonly steps: ErasureSteps }) {
  const { frame, entries, steps } = props;
  const { erase } = frame.texts;
  const tasks = [
    { text: erase.stopped, state: steps.stopped },
    { text: erase.removing(figure(entries, frame.locale)), state: steps.removed },
    { text: erase.there, state: steps.there },
    { text: erase.checked, state: steps.checked },
  ];
  return (
    <StatePage
      frame={withReference(props)}
      title={erase.erasing}
      lead={erase.erasingLead}
      tone="busy"
      icon="hourglass-split"
      again={{ seconds: LOOK_EVERY_SECONDS }}
    >
      <Tasks id="erasing-now" tasks={tasks} texts={frame.texts} />
      <Receipt {...props} />
      <LookAgain at={patientPaths.erased} texts={frame.texts} />
    </StatePage>
  );
}

interface ErasedProps extends ReceiptProps {
  readonly endedAt: Date;
  readonly openWearables: AccountEnd;
  /** Whether raw payloads are left in the storage of Open Wearables. */
  readonly hasFiles: boolean;
}

/** Everything is erased: what was, how it ended at Open Wearables, and what stays. */
export function ErasedPage(props: ErasedProps) {
  const { frame, entries, openWearables, hasFiles } = props;
  const { erase } = frame.texts;
  const isThereStill = openWearables === 'remains';
  const facts: Fact[] = [
    { icon: isThereStill ? 'exclamation-triangle' : 'check-circle', text: erase.ends[openWearables] },
    ...(hasFiles ? [{ icon: 'exclamation-triangle', text: erase.files } as const] : []),
  ];
  const needsSomebody = isThereStill || hasFiles;
  return (
    <StatePage
      frame={withReference(props)}
      title={erase.erased}
      lead={erase.erasedLead(figure(entries, frame.locale))}
      tone={needsSomebody ? 'warn' : 'ok'}
      icon={needsSomebody ? 'exclamation-triangle-fill' : 'check-circle-fill'}
      facts={facts}
    >
      <div class="wx-stack-s">
        <h2>{erase.stays}</h2>
        <Facts facts={staying(frame)} />
      </div>
      <Receipt {...props} />
    </StatePage>
  );
}

/** For whoever comes without a receipt. */
export function NoReceiptPage({ frame }: { readonly frame: PatientFrame }) {
  const { erase } = frame.texts;
  return (
    <StatePage
      frame={frame}
      title={erase.noReceipt}
      lead={erase.noReceiptLead}
      tone="idle"
      icon="link-45deg"
    />
  );
}

function Receipt({ frame, reference, askedAt, endedAt }: ReceiptProps & { readonly endedAt?: Date }) {
  const { texts, locale } = frame;
  const { erase } = texts;
  const moment = (at: Date) => (
    <Time
      at={at}
      zone="UTC"
      locale={locale}
      as={(...when) => erase.at(longDate(...when), clockTime(...when))}
    />
  );
  return (
    <>
      <dl class="wx-kv">
        <div>
          <dt>{erase.reference}</dt>
          <dd class="wx-mono">{reference}</dd>
        </div>
        <div>
          <dt>{erase.askedFor}</dt>
          <dd>{moment(askedAt)}</dd>
        </div>
        {endedAt === undefined ? null : (
          <div>
            <dt>{erase.finished}</dt>
            <dd>{moment(endedAt)}</dd>
          </div>
        )}
      </dl>
      <p class="wx-s wx-2">{erase.writeDown}</p>
    </>
  );
}

/** Whoever asks for help says this one. */
function withReference({ frame, reference }: ReceiptProps): PatientFrame {
  const { contact } = frame;
  return contact === undefined ? frame : { ...frame, contact: { ...contact, reference } };
}
