import { Facts } from '../../components/facts.js';
import { FormProblem } from '../../components/form-result.js';
import { Icon } from '../../components/icon.js';
import { type PatientFrame, PatientLayout } from '../../components/patient-layout.js';
import { PostForm } from '../../components/post-form.js';
import { figure, inWords } from '../../components/words.js';
import type { Reader } from '../../texts/reader.js';
import { patientPaths } from '../paths.js';

interface DownloadProps {
  readonly readings: number;
  readonly reader: Reader;
}

/** Everything that is held about a patient, to take along. */
export function DownloadCard({ readings, reader: { texts, locale } }: DownloadProps) {
  const { wayOut } = texts;
  return (
    <section class="card" aria-labelledby="download-h">
      <div class="card-body wx-stack">
        <h2 id="download-h">{wayOut.download}</h2>
        <p class="wx-s wx-2">{wayOut.everything(figure(readings, locale))}</p>
        <div class="d-grid gap-2">
          <a class="btn btn-outline-secondary" href={patientPaths.dataTable}>
            <Icon name="download" />
            {wayOut.asTable}
          </a>
          <a class="btn btn-outline-secondary" href={patientPaths.dataLines}>
            <Icon name="download" />
            {wayOut.asLines}
          </a>
        </div>
      </div>
    </section>
  );
}

interface LeaveCardProps {
  readonly studies: readonly { readonly id: string; readonly name: string }[];
  readonly reader: Reader;
}

/** The way out of each study; what follows is told on a page of its own. */
export function LeaveCard({ studies, reader: { texts } }: LeaveCardProps) {
  const { wayOut } = texts;
  return (
    <section class="card wx-danger" aria-labelledby="leave-h">
      <div class="card-body wx-stack">
        <h2 id="leave-h">{wayOut.leaving}</h2>
        <p class="wx-s wx-2">{wayOut.leavingHint}</p>
        {studies.map(({ id, name }) => (
          <a class="btn btn-outline-danger" href={`${patientPaths.leaveStudy}/${id}`}>
            {wayOut.leave(name)}
          </a>
        ))}
      </div>
    </section>
  );
}

export interface LeaveProps {
  readonly frame: PatientFrame;
  readonly csrf: string;
  readonly study: { readonly id: string; readonly name: string };
  /** Kinds of data that are shared with it. */
  readonly kinds: readonly string[];
  /** Devices that nothing needs afterwards, and those that another study still uses. */
  readonly disconnected: readonly string[];
  readonly kept: readonly string[];
  readonly problem?: string | undefined;
}

/** Asked once more before a patient leaves a study: what follows, and what happens to the data. */
export function LeavePage({ frame, csrf, study, kinds, disconnected, kept, problem }: LeaveProps) {
  const { wayOut, erase } = frame.texts;
  const listed = (names: readonly string[]) => inWords(names, frame.locale);
  const stops = kinds.length === 0 ? wayOut.stopsAsking : wayOut.stopsReading(listed(kinds));
  return (
    <PatientLayout frame={frame} title={wayOut.leaving}>
      <div class="wx-state">
        {problem === undefined ? null : <FormProblem text={problem} />}
        <section class="card w-100 wx-danger" aria-labelledby="leave-h">
          <PostForm
            action={`${patientPaths.leaveStudy}/${study.id}`}
            csrf={csrf}
            class="card-body wx-stack-l p-4"
          >
            <div class="wx-stack-s">
              <h1 id="leave-h">{wayOut.leaveQuestion(study.name)}</h1>
              <p class="wx-lead">{wayOut.withoutReason}</p>
            </div>
            <Facts
              facts={[
                { icon: 'stop-circle', text: stops },
                ...facts(disconnected, 'plug', wayOut.disconnects(listed(disconnected))),
                ...facts(kept, 'smartwatch', wayOut.stays(listed(kept))),
              ]}
            />
            <fieldset class="wx-stack-s">
              <legend class="fs-6 fw-semibold mb-1">{wayOut.whatOfData}</legend>
              <Choice value="keep" label={wayOut.keep} help={wayOut.keepHelp} />
              <Choice value="purge" label={wayOut.purge} help={wayOut.purgeHelp} />
            </fieldset>
            <p class="wx-s wx-2">
              {erase.rather} <a href={patientPaths.erase}>{erase.open}</a>
            </p>
            <div class="wx-actions">
              <button class="btn btn-danger btn-lg">{wayOut.leaveNow}</button>
              <a class="btn btn-outline-secondary btn-lg" href={patientPaths.manage}>
                {wayOut.stay}
              </a>
            </div>
          </PostForm>
        </section>
      </div>
    </PatientLayout>
  );
}

function facts<Name extends 'plug' | 'smartwatch'>(names: readonly string[], icon: Name, text: string) {
  return names.length === 0 ? [] : [{ icon, text }];
}

function Choice({ value, label, help }: { value: string; label: string; help: string }) {
  return (
    <div class="form-check">
      <input
        class="form-check-input"
        type="radio"
        name="data"
        id={`data-${value}`}
        value={value}
        aria-describedby={`data-${value}-help`}
        required
      />
      <label class="form-check-label" for={`data-${value}`}>
        <strong>{label}</strong>
      </label>
      <span class="d-block wx-s wx-2" id={`data-${value}-help`}>
        {help}
      </span>
    </div>
  );
}

export interface DeleteCopyProps {
  readonly frame: PatientFrame;
  readonly csrf: string;
  readonly provider: string;
  readonly device: string;
}

/** Asked once more before the copy at Open Wearables is deleted. */
export function DeleteCopyPage({ frame, csrf, provider, device }: DeleteCopyProps) {
  const { wayOut, erase } = frame.texts;
  return (
    <PatientLayout frame={frame} title={wayOut.deleteNow}>
      <div class="wx-state">
        <section class="card w-100 wx-danger" aria-labelledby="delete-h">
          <PostForm
            action={patientPaths.deleteCopy}
            csrf={csrf}
            hidden={{ provider }}
            class="card-body wx-stack-l p-4"
          >
            <div class="wx-stack-s">
              <h1 id="delete-h">{wayOut.deleteQuestion(device)}</h1>
              <p class="wx-lead">{wayOut.deleteLead}</p>
            </div>
            <Facts
              facts={[
                { icon: 'plug', text: wayOut.deleteEnds(device) },
                { icon: 'shield-check', text: wayOut.deleteKeeps },
              ]}
            />
            <p class="wx-s wx-2">
              {erase.rather} <a href={patientPaths.erase}>{erase.open}</a>
            </p>
            <div class="wx-actions">
              <button class="btn btn-danger btn-lg">{wayOut.deleteNow}</button>
              <a class="btn btn-outline-secondary btn-lg" href={patientPaths.manage}>
                {wayOut.stay}
              </a>
            </div>
          </PostForm>
        </section>
      </div>
    </PatientLayout>
  );
}
