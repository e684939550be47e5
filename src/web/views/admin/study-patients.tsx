import { counted } from '../../components/words.js';
import { type InvitingClient, PatientRow, type StaffPatient } from './patient-row.js';

/** A study as its team sees it. */
export interface StaffStudy {
  readonly id: string;
  readonly name: string;
  readonly organization: string;
  readonly patients: readonly StaffPatient[];
  /** The clients that patients of this study can be invited through. */
  readonly clients: readonly InvitingClient[];
}

interface StudyPatientsProps {
  readonly study: StaffStudy;
  readonly csrf: string;
  readonly zone: string;
}

/** The patients of one study. */
export function StudyPatients({ study, csrf, zone }: StudyPatientsProps) {
  const heading = `study-${study.id}`;
  return (
    <section class="card overflow-hidden" aria-labelledby={heading}>
      <div class="card-header">
        <div>
          <h2 id={heading}>{study.name}</h2>
          <p class="wx-s wx-2">
            {study.organization}, {counted(study.patients.length, 'patient')}
          </p>
        </div>
      </div>
      {study.patients.length === 0 ? (
        <p class="card-body wx-2">
          Nobody is enrolled yet. Enrol a patient through the API, then invite them here.
        </p>
      ) : (
        <table class="wx-table is-cards" role="table" aria-labelledby={heading}>
          <thead role="rowgroup">
            <tr role="row">
              {['Patient', 'Consent', 'Devices', 'Invitation'].map((column) => (
                <th role="columnheader" scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {study.patients.map((patient) => (
              <PatientRow
                patient={patient}
                studyId={study.id}
                clients={study.clients}
                csrf={csrf}
                zone={zone}
              />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
