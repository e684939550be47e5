import { FormProblem } from '../../../components/form-result.js';
import { PostForm } from '../../../components/post-form.js';
import { adminPaths } from '../../paths.js';
import { type StaffFrame, StaffLayout } from '../staff-layout.js';

interface BackfillFormProps {
  readonly frame: StaffFrame;
  readonly patient: string;
  readonly days: string;
  readonly problem?: { readonly field: 'patient' | 'days'; readonly text: string } | undefined;
}

/** Asks for a patient's history. Posts `patient` and `days`. */
export function BackfillFormPage({ frame, patient, days, problem }: BackfillFormProps) {
  return (
    <StaffLayout frame={frame} title="Read history back" here="health">
      <div class="wx-head">
        <div>
          <h1>Read history back</h1>
          <p class="wx-2">
            Never further than the patient's consents reach. Reading twice changes nothing; polls come first.
          </p>
        </div>
      </div>
      {problem === undefined ? null : <FormProblem text={problem.text} field={problem.field} />}
      <section class="card" aria-label="What to read back">
        <PostForm action={adminPaths.backfill} csrf={frame.csrf} class="card-body wx-stack">
          <Field
            name="patient"
            label="Patient"
            help="The number, as in 40001."
            value={patient}
            problem={problem}
          />
          <Field
            name="days"
            label="Days"
            help="So many days up to now, 1 to 3,650."
            value={days}
            problem={problem}
          />
          <div class="wx-end">
            <button class="btn btn-primary">Read back</button>
            <a class="btn btn-link" href={adminPaths.health}>
              Back to sync health
            </a>
          </div>
        </PostForm>
      </section>
    </StaffLayout>
  );
}

interface FieldProps {
  readonly name: 'patient' | 'days';
  readonly label: string;
  readonly help: string;
  readonly value: string;
  readonly problem: BackfillFormProps['problem'];
}

function Field({ name, label, help, value, problem }: FieldProps) {
  const isWrong = problem?.field === name;
  return (
    <div>
      <label class="form-label" for={name}>
        {label}
      </label>
      <input
        class={`form-control${isWrong ? ' is-invalid' : ''}`}
        id={name}
        name={name}
        inputmode="numeric"
        value={value}
        required
        aria-invalid={isWrong ? 'true' : undefined}
        aria-describedby={`${name}-help`}
      />
      <p class="form-text" id={`${name}-help`}>
        {isWrong ? problem.text : help}
      </p>
    </div>
  );
}
