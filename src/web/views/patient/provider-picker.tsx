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
  readonly log: readonly LogStep[];
  readonly problem?: string | undefined;
}

/** Which device the patient wears: one click begins the sign-in at its maker. Posts `provider`. */
export function ProviderPickerPage({ frame, csrf, usable, unusable, log, problem }: ProviderPickerProps) {
  return (
    <PatientLayout
      frame={frame}
      title="Choose your device"
      place={{ step: 2, state: 'now' }}
      aside={{ label: 'Progress in detail', content: <Beside frame={frame} log={log} />, wide: true }}
    >
      <div class="wx-stack-l">
        {problem === undefined ? null : <FormProblem text={problem} />}
        <div class="wx-stack-s">
          <h1>Which device do you wear?</h1>
          <p class="wx-lead">
            Pick one. You then sign in on its maker’s page and come back here. You can add another one
            afterwards.
          </p>
        </div>
        {usable.length === 0 ? (
          <p>None of the devices can be connected at the moment.</p>
        ) : (
          <ul class="wx-providers" aria-label="Devices you can connect">
            {usable.map((device) => (
              <UsableCard device={device} csrf={csrf} />
            ))}
          </ul>
        )}
        {unusable.length === 0 ? null : (
          <section class="wx-stack" aria-labelledby="off-h">
            <h2 id="off-h">Not possible at the moment</h2>
            <ul class="wx-providers">
              {unusable.map((device) => (
                <UnusableCard device={device} />
              ))}
            </ul>
          </section>
        )}
        <p>
          <a class="btn btn-link wx-quiet btn-lg px-0" href={patientPaths.manage}>
            Not now
          </a>
        </p>
      </div>
    </PatientLayout>
  );
}

function Beside({ frame, log }: { readonly frame: PatientFrame; readonly log: readonly LogStep[] }) {
  return (
    <>
      <Log steps={log} zone={frame.zone} reference={frame.contact?.reference} />
      <p class="wx-s wx-2">
        The log shows each step as it happens. It holds no password and none of your measurements.
      </p>
    </>
  );
}
