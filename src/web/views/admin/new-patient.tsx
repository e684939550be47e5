import { Breadcrumb } from '../../components/breadcrumb.js';
import { SelectField, TextField } from '../../components/field.js';
import { FormProblem } from '../../components/form-result.js';
import { PostForm } from '../../components/post-form.js';
import { adminPaths } from '../paths.js';
import { type StaffFrame, StaffLayout } from './staff-layout.js';

type PatientField = 'given' | 'family' | 'email' | 'birth' | 'zone' | 'organization' | 'study';

export interface NewPatientProps {
  readonly frame: StaffFrame;
  readonly organizations: readonly { readonly id: number; readonly name: string }[];
  readonly studies: readonly { readonly id: number; readonly name: string }[];
  readonly zones: readonly string[];
  /** What was typed, and what is wrong with it. */
  readonly typed?: Partial<Record<PatientField, string>>;
  readonly problems?: Partial<Record<PatientField, string>>;
}

/** Adds a patient to an organization, and to a study of it. Posts the fields by their names. */
export function NewPatientPage(props: NewPatientProps) {
  const { frame, organizations, studies, zones, typed = {}, problems = {} } = props;
  const [wrong] = Object.entries(problems);
  const field = (id: PatientField) => ({ id, value: typed[id], problem: problems[id] });
  return (
    <StaffLayout frame={frame} title="Add a patient" here="patients">
      <Breadcrumb trail={[{ href: adminPaths.patients, text: 'Patients' }]} here="Add a patient" />
      <h1>Add a patient</h1>
      {wrong === undefined ? null : <FormProblem text={wrong[1]} field={wrong[0]} />}
      <section class="card" aria-label="The patient">
        <PostForm action={adminPaths.patients} csrf={frame.csrf} class="card-body wx-stack">
          <div class="wx-two">
            <TextField {...field('given')} label="Given name" required />
            <TextField {...field('family')} label="Family name" required />
            <TextField
              {...field('email')}
              label="E-mail"
              type="email"
              help="Invitations go to this address. It never leaves this service otherwise."
              required
            />
            <TextField {...field('birth')} label="Date of birth" type="date" />
            <SelectField
              {...field('zone')}
              value={typed.zone ?? 'UTC'}
              label="Time zone"
              help="Where the patient lives: it decides where their days begin."
              options={zones.map((zone) => ({ value: zone, text: zone.replaceAll('_', ' ') }))}
            />
            <SelectField
              {...field('organization')}
              label="Organization"
              options={organizations.map(({ id, name }) => ({ value: String(id), text: name }))}
            />
            <SelectField
              {...field('study')}
              label="Study"
              help="The patient is asked for nothing before an invitation is sent."
              options={[
                { value: '', text: 'None yet' },
                ...studies.map(({ id, name }) => ({ value: String(id), text: name })),
              ]}
            />
          </div>
          <div class="wx-actions">
            <button class="btn btn-primary">Add patient</button>
            <a class="btn btn-link wx-quiet" href={adminPaths.patients}>
              Cancel
            </a>
          </div>
        </PostForm>
      </section>
    </StaffLayout>
  );
}
