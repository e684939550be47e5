import { FormDone, FormProblem } from '../../components/form-result.js';
import { counted } from '../../components/words.js';
import { type IssuedInvitation, IssuedInvitationCard } from './issued-invitation.js';
import { type Operations, OperatorBox } from './operator-box.js';
import { type StaffFrame, StaffLayout } from './staff-layout.js';
import { type StaffStudy, StudyPatients } from './study-patients.js';

export interface HomeProps {
  readonly frame: StaffFrame;
  readonly studies: readonly StaffStudy[];
  /** The invitation issued a moment ago: its link is shown this once. */
  readonly issued?: IssuedInvitation | undefined;
  /** Present for operators only. */
  readonly operations?: Operations | undefined;
  readonly done?: string | undefined;
  readonly problem?: string | undefined;
}

/** Studies with their patients: who agreed, whose data arrives, and who can be invited. */
export function HomePage({ frame, studies, issued, operations, done, problem }: HomeProps) {
  const patients = new Set(studies.flatMap((study) => study.patients.map(({ id }) => id))).size;
  return (
    <StaffLayout frame={frame} title="Studies and patients" here="home">
      <div class="wx-head">
        <div>
          <h1>Studies and patients</h1>
          <p class="wx-2">
            {counted(patients, 'patient')} in {studies.length === 1 ? '1 study' : `${studies.length} studies`}
            .
          </p>
        </div>
      </div>
      {problem === undefined ? null : <FormProblem text={problem} />}
      {done === undefined ? null : <FormDone text={done} />}
      {issued === undefined ? null : <IssuedInvitationCard issued={issued} zone={frame.zone} />}
      {operations === undefined ? null : <OperatorBox operations={operations} frame={frame} />}
      {studies.length === 0 ? (
        <p class="wx-2">Your organizations have no studies yet. Create the first one through the API.</p>
      ) : (
        studies.map((study) => <StudyPatients study={study} csrf={frame.csrf} zone={frame.zone} />)
      )}
    </StaffLayout>
  );
}
