import type { PatientInNeed } from '../../../../db/attention.js';
import { type StaffFrame, StaffLayout } from '../staff-layout.js';
import { AttentionTable } from './attention-table.js';

interface AttentionPageProps {
  readonly frame: StaffFrame;
  readonly patients: readonly PatientInNeed[];
  readonly next: string | null;
}

/** For every practitioner: those patients of their organizations that somebody should look at. */
export function AttentionPage({ frame, patients, next }: AttentionPageProps) {
  return (
    <StaffLayout frame={frame} title="Need attention" here="attention">
      <div class="wx-head">
        <div>
          <h1>Need attention</h1>
          <p class="wx-2">
            Patients of your organizations whose data does not arrive as it should, the worst first. A patient
            may be here for several reasons.
          </p>
        </div>
      </div>
      <section class="card overflow-hidden" aria-label="Patients that need attention">
        <AttentionTable {...{ patients, next }} zone={frame.zone} isOperator={frame.isOperator} />
      </section>
    </StaffLayout>
  );
}
