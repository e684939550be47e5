import type { Calendar } from '../../../admin/patient-calendar.js';
import { type LinkChoice, Segments } from '../../../components/link-choices.js';
import { type StaffFrame, StaffLayout } from '../staff-layout.js';
import { DaysTable, linesOf } from './days-table.js';
import { type PatientFacts, PatientHead } from './patient-head.js';

export interface DaysProps {
  readonly frame: StaffFrame;
  readonly patient: PatientFacts;
  readonly calendar: Calendar;
  readonly ranges: readonly LinkChoice[];
}

/** The calendar in figures: what Open Wearables showed of each day, and what is stored. */
export function DaysPage({ frame, patient, calendar, ranges }: DaysProps) {
  return (
    <StaffLayout frame={frame} title={`Days of ${patient.name}`} here="patients">
      <PatientHead patient={patient} tab="days" />
      <section class="card overflow-hidden" aria-labelledby="days-h">
        <div class="card-header">
          <h2 id="days-h">Every day in figures</h2>
          <span class="wx-push">
            <Segments label="Range" choices={ranges} />
          </span>
        </div>
        <DaysTable label="Every day in figures" lines={linesOf(calendar.rows)} />
      </section>
    </StaffLayout>
  );
}
