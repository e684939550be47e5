import { ContactCard } from '../../components/contact.js';
import { FormProblem } from '../../components/form-result.js';
import { Log, type LogStep } from '../../components/log.js';
import { type PatientFrame, PatientLayout } from '../../components/patient-layout.js';
import { patientPaths } from '../paths.js';
import { type UnusableDevice, type UsableDevice, UnusableCard, UsableCard } from './device-card.js';

export interface ProviderPickerProps {
  readonly frame: PatientFrame;
  readonly csrf: string;
  readonly usable: readonly UsableDevice[];
  readonly unusable: readonly UnusableDevice[];
  /** The providers whose maker's icon is there; the others have a drawing of ours. */
  readonly icons: ReadonlySet<string>;
  readonly log: readonly LogStep[];
  readonly problem?: string | undefined;
}

/** Which device the patient wears: one click begins the sign-in at its maker. Posts `provider`. */
export function ProviderPickerPage({
  frame,
  csrf,
  usable,
  unusable,
  icons,
  log,
  problem,
}: ProviderPickerProps) {
  const { texts } = frame;
  const { picker } = texts;
  return (
    <PatientLayout
      frame={frame}
      title={picker.title}
      place={{ step: 2, state: 'now' }}
      aside={{ label: texts.log.beside, content: <Beside frame={frame} log={log} />, wide: true }}
    >
      <div class="wx-stack-l">
        {problem === undefined ? null : <FormProblem text={problem} />}
        <div class="wx-stack-s">
          <h1>{picker.question}</h1>
          <p class="wx-lead">{picker.lead}</p>
        </div>
        {usable.length === 0 ? (
          <p>{picker.none}</p>
        ) : (
          <ul class="wx-providers" aria-label={picker.list}>
            {usable.map((device) => (
              <UsableCard device={device} hasIcon={icons.has(device.provider)} csrf={csrf} reader={frame} />
            ))}
          </ul>
        )}
        {unusable.length === 0 ? null : (
          <section class="wx-stack" aria-labelledby="off-h">
            <h2 id="off-h">{picker.off}</h2>
            <ul class="wx-providers">
              {unusable.map((device) => (
                <UnusableCard device={device} hasIcon={icons.has(device.provider)} reader={frame} />
              ))}
            </ul>
          </section>
        )}
        <p>
          <a class="btn btn-link wx-quiet btn-lg px-0" href={patientPaths.manage}>
            {picker.notNow}
          </a>
        </p>
      </div>
    </PatientLayout>
  );
}

function Beside({ frame, log }: { readonly frame: PatientFrame; readonly log: readonly LogStep[] }) {
  return (
    <>
      <Log steps={log} reader={frame} reference={frame.contact?.reference} />
      <p class="wx-s wx-2">{frame.texts.log.explained}</p>
      {frame.contact === undefined ? null : <ContactCard contact={frame.contact} texts={frame.texts} />}
    </>
  );
}
