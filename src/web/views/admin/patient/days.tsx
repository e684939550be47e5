import type { CalendarRow } from '../../../admin/patient-calendar.js';
import { Pager, type PagerProps } from '../../../components/pager.js';
import { type StaffFrame, StaffLayout } from '../staff-layout.js';
import { DaysTable, linesOf } from './days-table.js';
import { type PatientFacts, PatientHead } from './patient-head.js';

export interface DaysProps {
  readonly frame: StaffFrame;
  readonly patient: PatientFacts;
  readonly rows: readonly CalendarRow[];
  readonly pager: PagerProps;
}

/** The calendar in figures: what Open Wearables showed of each day, and what is stored. */
export function DaysPage({ frame, patient, rows, pager }: DaysProps) {
  return (
    <StaffLayout frame={frame} title={`Days of ${patient.name}`} here="patients">
      <PatientHead patient={patient} tab="days" />
      <section class="card overflow-hidden" aria-labelledby="days-h">
        <div class="card-header">
          <h2 id="days-h">Every day in figures</h2>
        </div>
        <DaysTable label="Every day in figures" lines={linesOf(rows)} />
        <Pager {...pager} />
      </section>
    </StaffLayout>
  );
}
