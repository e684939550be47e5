import { Facts } from '../../components/facts.js';
import { Icon } from '../../components/icon.js';
import { Log, type LogStep } from '../../components/log.js';
import { type PatientFrame, PatientLayout } from '../../components/patient-layout.js';
import { PostForm } from '../../components/post-form.js';
import { Time } from '../../components/time.js';
import { patientPaths } from '../paths.js';
import { Arriving, type FirstData } from './first-data.js';

/** `waiting`: Open Wearables has not confirmed yet. `connected`: it has, at that moment. */
export type ConnectOutcome =
  | { readonly is: 'waiting'; readonly again?: { readonly csrf: string; readonly provider: string } }
  | { readonly is: 'connected'; readonly confirmedAt: Date; readonly data: FirstData };

export interface CompleteProps {
  readonly frame: PatientFrame;
  /** The device's maker as the patient knows it, e.g. `Oura`. */
  readonly device: string;
  readonly outcome: ConnectOutcome;
  readonly log: readonly LogStep[];
  /** Seconds until a page that waits looks again; one that is connected stays, so that nobody loses the place. */
  readonly refreshSeconds?: number | undefined;
}

/** After the sign-in at the device's maker: says connected only where that is confirmed. */
export function CompletePage({ frame, device, outcome, log, refreshSeconds }: CompleteProps) {
  return (
    <PatientLayout
      frame={frame}
      title={outcome.is === 'connected' ? 'Connected' : 'Waiting for the connection'}
      place={outcome.is === 'connected' ? { step: 4, state: 'done' } : { step: 3, state: 'now' }}
      refreshSeconds={outcome.is === 'waiting' ? refreshSeconds : undefined}
      aside={{
        label: 'Progress in detail',
        content: <Log steps={log} zone={frame.zone} reference={frame.contact?.reference} />,
        wide: true,
      }}
    >
      <div class="wx-stack-l">
        {outcome.is === 'connected' ? (
          <>
            <Confirmed device={device} at={outcome.confirmedAt} zone={frame.zone} />
            <Arriving device={device} data={outcome.data} />
            <WhatNext device={device} />
          </>
        ) : (
          <Waiting device={device} again={outcome.again} />
        )}
      </div>
    </PatientLayout>
  );
}

function Confirmed({
  device,
  at,
  zone,
}: {
  readonly device: string;
  readonly at: Date;
  readonly zone: string;
}) {
  return (
    <div class="d-flex flex-wrap gap-3 align-items-center">
      <span class="wx-tile is-l is-ok">
        <Icon name="check-lg" />
      </span>
      <div class="flex-grow-1 wx-min d-grid gap-1">
        <h1>Successfully Connected</h1>
        <p class="wx-2">
          {device} confirmed it at <Time at={at} zone={zone} />. You can close this page at any time.
        </p>
      </div>
    </div>
  );
}

function WhatNext({ device }: { readonly device: string }) {
  return (
    <section class="card" aria-labelledby="next-h">
      <div class="card-body wx-stack">
        <h2 id="next-h">What happens next</h2>
        <Facts
          facts={[
            {
              icon: 'arrow-repeat',
              text: 'We look for new data every 15 minutes. There is nothing to do here.',
            },
            {
              icon: 'phone',
              text: `Open the ${device} app once a day, so that the device hands over what it has.`,
            },
          ]}
        />
        <div class="wx-actions">
          <a class="btn btn-primary btn-lg" href={patientPaths.manage}>
            See what I share
          </a>
          <a class="btn btn-outline-secondary btn-lg" href={patientPaths.devices}>
            <Icon name="plus-lg" />
            Connect another device
          </a>
        </div>
      </div>
    </section>
  );
}

interface WaitingProps {
  readonly device: string;
  /** The way on for somebody whom the maker did not send back to us. */
  readonly again?: { readonly csrf: string; readonly provider: string } | undefined;
}

function Waiting({ device, again }: WaitingProps) {
  return (
    <section class="card" aria-labelledby="waiting-h">
      <div class="card-body wx-stack-l p-4">
        <div class="d-flex gap-3 align-items-center">
          <span class="wx-spin" aria-hidden="true" />
          <h1 id="waiting-h">Waiting for {device}</h1>
        </div>
        <p class="wx-lead" role="status">
          {device} has not confirmed the connection yet. Usually it takes a few seconds, and this page looks
          again by itself.
        </p>
        <p class="wx-2">You may close this page. We go on without it, and your answers are saved.</p>
        <div class="wx-actions">
          <a class="btn btn-primary btn-lg" href={patientPaths.complete}>
            <Icon name="arrow-clockwise" />
            Look again
          </a>
          {again === undefined ? null : (
            <PostForm action={patientPaths.connect} csrf={again.csrf} hidden={{ provider: again.provider }}>
              <button class="btn btn-outline-secondary btn-lg">Sign in to {device} again</button>
            </PostForm>
          )}
        </div>
      </div>
    </section>
  );
}
