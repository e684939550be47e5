import { erasureReasons, type ErasureReason } from '../../../../erasure.js';
import { Breadcrumb } from '../../../components/breadcrumb.js';
import { Facts } from '../../../components/facts.js';
import { SelectField, TextField } from '../../../components/field.js';
import { FormProblem } from '../../../components/form-result.js';
import { PostForm } from '../../../components/post-form.js';
import { counted, inWords } from '../../../components/words.js';
import { adminPaths } from '../../paths.js';
import { reasonWords } from '../erasure-words.js';
import { type StaffFrame, StaffLayout } from '../staff-layout.js';

interface PatientToErase {
  readonly frame: StaffFrame;
  readonly id: number;
  readonly name: string;
}

/** What a form has to say about itself. */
export interface ErasePatientSaid {
  readonly reason?: ErasureReason | undefined;
  readonly problems?: { readonly reason?: string; readonly number?: string };
}

export interface ErasePatientProps extends PatientToErase, ErasePatientSaid {
  /** Of the manager's organizations, by name. */
  readonly studies: readonly string[];
}

/** What follows when everything about a patient goes, before it does. Posts `reason` and `number`. */
export function ErasePatientPage({ frame, id, name, studies, reason, problems = {} }: ErasePatientProps) {
  const [wrong] = Object.entries(problems);
  const leaves =
    studies.length === 0 ? 'The patient is in no study.' : `The patient leaves ${inWords(studies)}.`;
  return (
    <StaffLayout frame={frame} title="Erase a patient" here="patients">
      <Way id={id} />
      <h1>Erase everything about {name}?</h1>
      {wrong === undefined ? null : <FormProblem text={wrong[1]} field={wrong[0]} />}
      <section class="card wx-danger" aria-label="What follows">
        <PostForm action={`${adminPaths.patients}/${id}/erase`} csrf={frame.csrf} class="card-body wx-stack">
          <p>This cannot be undone. The patient is not told, and cannot sign in any more.</p>
          <Facts
            facts={[
              {
                icon: 'slash-circle',
                text: 'Name, address, observations with their history, invitations, tokens and dead letters are deleted.',
              },
              {
                icon: 'plug',
                text: 'Every wearable is disconnected, and its data at Open Wearables deleted as far as its version and our key allow.',
              },
              {
                icon: 'journal-medical',
                text: `${leaves} Figures of the study change; data that was taken out before is not reached.`,
              },
              {
                icon: 'shield-check',
                text: 'A record without a name stays: this number, who asked, why, counts and times. So do the answers to studies and the audit trail, by number.',
              },
            ]}
          />
          <div class="wx-two">
            <SelectField
              id="reason"
              label="Why"
              value={reason ?? ''}
              problem={problems.reason}
              options={[
                { value: '', text: 'Choose' },
                ...erasureReasons.map((each) => ({ value: each, text: reasonWords[each] })),
              ]}
            />
            <TextField
              id="number"
              label="The patient’s number"
              help={`Type ${id}, to be sure that it is this one.`}
              problem={problems.number}
              required
            />
          </div>
          <div class="wx-end">
            <button class="btn btn-danger">Erase for good</button>
            <a class="btn btn-link wx-quiet" href={`${adminPaths.patients}/${id}`}>
              Keep the patient
            </a>
          </div>
        </PostForm>
      </section>
    </StaffLayout>
  );
}

export interface OthersToAskProps extends PatientToErase {
  /** Organizations of the reader in which somebody else is the manager, by name. */
  readonly own: readonly string[];
  /** How many other organizations the patient belongs to. */
  readonly others: number;
}

/** For a manager of some of the patient's organizations: who has to be asked. */
export function OthersToAskPage({ frame, id, name, own, others }: OthersToAskProps) {
  const facts = [
    ...(own.length === 0
      ? []
      : [{ icon: 'people', text: `Ask a manager of ${inWords(own)}: there you are none.` } as const]),
    ...(others === 0
      ? []
      : [
          {
            icon: 'people',
            text: `The patient belongs to ${counted(others, 'organization')} that you are not in. Operators know which, and ask there.`,
          } as const,
        ]),
    {
      icon: 'shield-lock',
      text: 'When all agree, an operator of this service can erase the patient, and so can somebody who is a manager of all of them.',
    } as const,
  ];
  return (
    <StaffLayout frame={frame} title="Erase a patient" here="patients">
      <Way id={id} />
      <h1>Others have to agree first</h1>
      <section class="card" aria-label="Who has to be asked">
        <div class="card-body wx-stack">
          <p>
            What others hold about {name} would be lost with it, so this takes a manager of every organization
            of the patient. Nothing has changed.
          </p>
          <Facts facts={facts} />
          <div class="wx-actions">
            <a class="btn btn-outline-secondary" href={`${adminPaths.patients}/${id}`}>
              Back to the patient
            </a>
          </div>
        </div>
      </section>
    </StaffLayout>
  );
}

function Way({ id }: { readonly id: number }) {
  return (
    <Breadcrumb
      trail={[
        { href: adminPaths.patients, text: 'Patients' },
        { href: `${adminPaths.patients}/${id}`, text: String(id) },
      ]}
      here="Erase"
    />
  );
}
