import type { PropsWithChildren } from 'hono/jsx';
import { type Fact, Facts } from '../../components/facts.js';
import { FormProblem } from '../../components/form-result.js';
import { type PatientFrame, PatientLayout } from '../../components/patient-layout.js';
import { PostForm } from '../../components/post-form.js';
import { figure, inWords } from '../../components/words.js';
import type { Reader } from '../../texts/reader.js';
import { patientPaths } from '../paths.js';

/** The last of the ways out. */
export function EraseCard({ reader: { texts } }: { readonly reader: Reader }) {
  const { erase } = texts;
  return (
    <section class="card wx-danger" aria-labelledby="erase-h">
      <div class="card-body wx-stack">
        <h2 id="erase-h">{erase.erase}</h2>
        <p class="wx-s wx-2">{erase.hint}</p>
        <a class="btn btn-outline-danger" href={patientPaths.erase}>
          {erase.open}
        </a>
      </div>
    </section>
  );
}

export interface EraseProps {
  readonly frame: PatientFrame;
  readonly csrf: string;
  /** What will open the receipt. */
  readonly receipt: string;
  /** How many readings are held. */
  readonly readings: number;
  /** The patient's studies by name. */
  readonly studies: readonly string[];
  readonly problem?: string | undefined;
}

/** Asked once more before everything goes: what does, what stays, and a box to tick. Posts `understood=yes`, `receipt`. */
export function ErasePage({ frame, csrf, receipt, readings, studies, problem }: EraseProps) {
  const { texts, locale } = frame;
  const { erase } = texts;
  const leaves = studies.length === 0 ? erase.leavesNone : erase.leaves(inWords(studies, locale));
  return (
    <PatientLayout frame={frame} title={erase.erase}>
      <div class="wx-state">
        {problem === undefined ? null : <FormProblem text={problem} field="understood" />}
        <section class="card w-100 wx-danger" aria-labelledby="erase-h">
          <PostForm
            action={patientPaths.erase}
            csrf={csrf}
            hidden={{ receipt }}
            class="card-body wx-stack-l p-4"
          >
            <div class="wx-stack-s">
              <h1 id="erase-h">{erase.question}</h1>
              <p class="wx-lead">{erase.cannotBeUndone}</p>
            </div>
            <Part title={erase.goes} facts={gone(frame, readings)} />
            <Part title={erase.studies} facts={[{ icon: 'journal-medical', text: leaves }]} />
            <Part title={erase.stays} facts={staying(frame)}>
              <p>
                {erase.takeAlong} <a href={patientPaths.manage}>{erase.yourPage}</a>.
              </p>
            </Part>
            <div class="form-check">
              <input
                class={`form-check-input${problem === undefined ? '' : ' is-invalid'}`}
                type="checkbox"
                id="understood"
                name="understood"
                value="yes"
                required
              />
              <label class="form-check-label" for="understood">
                <strong>{erase.understood}</strong>
              </label>
            </div>
            <div class="wx-actions">
              <button class="btn btn-danger btn-lg">{erase.erase}</button>
              <a class="btn btn-outline-secondary btn-lg" href={patientPaths.manage}>
                {erase.keep}
              </a>
            </div>
          </PostForm>
        </section>
      </div>
    </PatientLayout>
  );
}

function gone({ texts: { erase }, locale }: Reader, readings: number): Fact[] {
  return [
    { icon: 'person-check', text: erase.goesPerson },
    { icon: 'heart-pulse', text: erase.goesReadings(figure(readings, locale)) },
    { icon: 'plug', text: erase.goesDevices },
    { icon: 'slash-circle', text: erase.goesThere },
  ];
}

/** What an erasure leaves, here and elsewhere. */
export function staying({ texts: { erase } }: Reader): Fact[] {
  return [
    { icon: 'shield-check', text: erase.staysAnswers },
    { icon: 'list', text: erase.staysTrail },
    { icon: 'smartwatch', text: erase.staysMaker },
    { icon: 'copy', text: erase.staysCopies },
  ];
}

interface PartProps {
  readonly title: string;
  readonly facts: readonly Fact[];
}

function Part({ title, facts, children }: PropsWithChildren<PartProps>) {
  return (
    <div class="wx-stack-s">
      <h2>{title}</h2>
      <Facts facts={facts} />
      {children}
    </div>
  );
}
