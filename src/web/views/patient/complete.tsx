import type { Again } from '../../components/document.js';
import { Facts } from '../../components/facts.js';
import { Icon } from '../../components/icon.js';
import { Log, type LogStep } from '../../components/log.js';
import { type PatientFrame, PatientLayout } from '../../components/patient-layout.js';
import { PostForm } from '../../components/post-form.js';
import { StudyCards, type StudyFacts } from '../../components/study-card.js';
import { Time } from '../../components/time.js';
import type { Reader } from '../../texts/reader.js';
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
  readonly studies: readonly StudyFacts[];
  readonly log: readonly LogStep[];
}

/** How often a page looks whether the maker has confirmed, and what has arrived; numbers are read out, so not too often. */
const WAITING_SECONDS = 2;
const ARRIVING_SECONDS = 5;

function againAfter(outcome: ConnectOutcome): Again | undefined {
  if (outcome.is === 'waiting') return { seconds: WAITING_SECONDS };
  return outcome.data.state === 'reading' ? { seconds: ARRIVING_SECONDS } : undefined;
}

/** After the sign-in at the device's maker: says connected only where that is confirmed. */
export function CompletePage({ frame, device, outcome, studies, log }: CompleteProps) {
  const { texts } = frame;
  return (
    <PatientLayout
      frame={frame}
      title={outcome.is === 'connected' ? texts.complete.titleConnected : texts.complete.titleWaiting}
      place={outcome.is === 'connected' ? { step: 4, state: 'done' } : { step: 3, state: 'now' }}
      again={againAfter(outcome)}
      aside={{
        label: texts.log.beside,
        content: (
          <>
            <StudyCards studies={studies} contact={frame.contact} reader={frame} />
            <Log steps={log} reader={frame} reference={frame.contact?.reference} />
          </>
        ),
        wide: true,
      }}
    >
      <div class="wx-stack-l">
        {outcome.is === 'connected' ? (
          <>
            <Confirmed device={device} at={outcome.confirmedAt} reader={frame} />
            <Arriving device={device} data={outcome.data} reader={frame} />
            <WhatNext device={device} reader={frame} />
          </>
        ) : (
          <Waiting device={device} again={outcome.again} reader={frame} />
        )}
      </div>
    </PatientLayout>
  );
}

interface PartProps {
  readonly device: string;
  readonly reader: Reader;
}

function Confirmed({ device, at, reader }: PartProps & { readonly at: Date }) {
  const { texts, zone, locale } = reader;
  return (
    <div class="d-flex flex-wrap gap-3 align-items-center">
      <span class="wx-tile is-l is-ok">
        <Icon name="check-lg" />
      </span>
      <div class="flex-grow-1 wx-min d-grid gap-1">
        <h1>{texts.complete.connected}</h1>
        <p class="wx-2">{texts.complete.confirmed(device, <Time at={at} zone={zone} locale={locale} />)}</p>
      </div>
    </div>
  );
}

function WhatNext({ device, reader }: PartProps) {
  const { complete } = reader.texts;
  return (
    <section class="card" aria-labelledby="next-h">
      <div class="card-body wx-stack">
        <h2 id="next-h">{complete.next}</h2>
        <Facts
          facts={[
            { icon: 'arrow-repeat', text: complete.everyQuarter },
            { icon: 'phone', text: complete.openTheApp(device) },
          ]}
        />
        <div class="wx-actions">
          <a class="btn btn-primary btn-lg" href={patientPaths.manage}>
            {complete.seeWhatIShare}
          </a>
          <a class="btn btn-outline-secondary btn-lg" href={patientPaths.devices}>
            <Icon name="plus-lg" />
            {complete.another}
          </a>
        </div>
      </div>
    </section>
  );
}

interface WaitingProps extends PartProps {
  /** The way on for somebody whom the maker did not send back to us. */
  readonly again?: { readonly csrf: string; readonly provider: string } | undefined;
}

function Waiting({ device, again, reader }: WaitingProps) {
  const { complete } = reader.texts;
  return (
    <section class="card" aria-labelledby="waiting-h">
      <div class="card-body wx-stack-l p-4">
        <div class="d-flex gap-3 align-items-center">
          <span class="wx-spin" aria-hidden="true" />
          <h1 id="waiting-h">{complete.waiting(device)}</h1>
        </div>
        <p class="wx-lead" role="status">
          {complete.notConfirmedYet(device)} <span class="wx-scripted">{complete.looksByItself}</span>
        </p>
        <p class="wx-2">{complete.mayClose}</p>
        <div class="wx-actions">
          <a class="btn btn-primary btn-lg" href={patientPaths.complete}>
            <Icon name="arrow-clockwise" />
            {complete.lookAgain}
          </a>
          {again === undefined ? null : (
            <PostForm action={patientPaths.connect} csrf={again.csrf} hidden={{ provider: again.provider }}>
              <button class="btn btn-outline-secondary btn-lg">{complete.signInAgain(device)}</button>
            </PostForm>
          )}
        </div>
      </div>
    </section>
  );
}
