import type { PatientStanding } from '../../../db/patient-standings.js';
import { Chip } from '../../components/chip.js';
import { type DayCell, Strip, StripKey } from '../../components/day-states.js';
import { Empty } from '../../components/empty.js';
import { FormDone } from '../../components/form-result.js';
import { Icon } from '../../components/icon.js';
import { Filters, type LinkChoice } from '../../components/link-choices.js';
import { Pager } from '../../components/pager.js';
import { PostForm } from '../../components/post-form.js';
import { Cell, Row, RowHead, Table } from '../../components/table.js';
import { Time } from '../../components/time.js';
import { clockTime, shortDate } from '../../components/times.js';
import { counted, inWords } from '../../components/words.js';
import { adminPaths } from '../paths.js';
import { standingReason, standingWords } from './standing-words.js';
import { type StaffFrame, StaffLayout } from './staff-layout.js';

export interface ListedPatient extends PatientStanding {
  readonly strip: { readonly cells: readonly DayCell[]; readonly percent: number | null };
}

export interface PatientsProps {
  readonly frame: StaffFrame;
  readonly now: Date;
  readonly patients: readonly ListedPatient[];
  readonly total: number;
  readonly before: number;
  readonly filters: readonly LinkChoice[];
  readonly next?: string | undefined;
  readonly first?: string | undefined;
  /** What was searched for, and the study that the list is narrowed to. */
  readonly text?: string | undefined;
  readonly study?: { readonly name: string; readonly href: string } | undefined;
  readonly mayAdd: boolean;
  readonly seesErasures: boolean;
  readonly deviceNames: (providers: readonly string[]) => string[];
  readonly done?: string | undefined;
}

/** Patients of the practitioner's organizations, those who need a look first. Search posts `text`. */
export function PatientsPage(props: PatientsProps) {
  const { frame, patients, total, filters, study, mayAdd, seesErasures, done } = props;
  return (
    <StaffLayout frame={frame} title="Patients" here="patients">
      <div class="wx-head">
        <div>
          <h1>Patients</h1>
          <p class="wx-2">
            {counted(total, 'patient')}
            {study === undefined ? ' of your organizations.' : ` in ${study.name}. `}
            {study === undefined ? null : <a href={adminPaths.patients}>See all patients</a>}
          </p>
        </div>
        {mayAdd ? (
          <div class="wx-actions">
            <a class="btn btn-primary" href={`${adminPaths.patients}/new`}>
              <Icon name="person-plus" />
              Add patient
            </a>
          </div>
        ) : null}
      </div>
      {done === undefined ? null : <FormDone text={done} />}
      <Search {...props} />
      {props.text === undefined ? <Filters label="Status" choices={filters} /> : null}
      <section class="card overflow-hidden" aria-label="Patients">
        {patients.length === 0 ? <Nobody {...props} /> : <PatientTable {...props} />}
      </section>
      {patients.length === 0 ? null : (
        <div class="card card-body">
          <StripKey />
        </div>
      )}
      {seesErasures ? (
        <p class="wx-s">
          <a href={adminPaths.erasures}>Erased patients</a>
        </p>
      ) : null}
    </StaffLayout>
  );
}

function Search({ frame, text }: PatientsProps) {
  return (
    <PostForm action={`${adminPaths.patients}/search`} csrf={frame.csrf} class="wx-find">
      <label class="visually-hidden" for="text">
        Name, number or e-mail
      </label>
      <div class="input-group">
        <span class="input-group-text">
          <Icon name="search" />
        </span>
        <input
          class="form-control"
          id="text"
          name="text"
          type="search"
          value={text}
          placeholder="Name, number or e-mail"
        />
      </div>
      <button class="btn btn-outline-secondary">Search</button>
    </PostForm>
  );
}

function Nobody({ text, mayAdd }: PatientsProps) {
  if (text !== undefined) {
    return (
      <Empty
        icon="search"
        title={`Nobody is found for “${text}”`}
        text="Only patients of your own organizations are searched."
      >
        <a class="btn btn-outline-secondary" href={adminPaths.patients}>
          See all patients
        </a>
      </Empty>
    );
  }
  const next = mayAdd
    ? 'Add one, then enrol them in a study and invite them.'
    : 'A member of your organization can add one.';
  return <Empty icon="people" title="No patients here" text={next} />;
}

function PatientTable(props: PatientsProps) {
  const { patients, before, next, first, text, total } = props;
  const columns = ['Patient', 'Status and reason', 'Last 14 days', 'Last data', 'Device', 'Study'];
  const last = before + patients.length;
  return (
    <>
      <Table label="Patients" columns={columns} class="is-m is-patients">
        {patients.map((patient) => (
          <PatientLine patient={patient} {...props} />
        ))}
      </Table>
      <Pager
        text={`${before + 1} to ${last}${text === undefined ? `, those who need a look first` : ` found of ${total}`}`}
        first={first}
        next={next}
      />
    </>
  );
}

function PatientLine({
  patient,
  frame,
  now,
  deviceNames,
}: PatientsProps & { readonly patient: ListedPatient }) {
  const { tone, icon, word } = standingWords(patient, now);
  const { cells, percent } = patient.strip;
  return (
    <Row>
      <RowHead>
        <a href={`${adminPaths.patients}/${patient.id}`}>{patient.name}</a>
        <small class="wx-num">{patient.id}</small>
      </RowHead>
      <Cell>
        <Chip tone={tone} icon={icon}>
          {word}
        </Chip>
        <small class="pt-1">{standingReason(patient, deviceNames, frame.zone)}</small>
      </Cell>
      <Cell label="Last 14 days" class="wx-w11">
        <div class="wx-strip-row">
          <Strip cells={cells} label="The last 14 days" isSmall />
          <span>{percent === null ? '–' : `${percent} %`}</span>
        </div>
      </Cell>
      <Cell label="Last data" class="wx-nowrap wx-num">
        {patient.lastDataAt === null ? (
          '–'
        ) : (
          <Time at={patient.lastDataAt} zone={frame.zone} as={dayAndTime} />
        )}
      </Cell>
      <Cell label="Device">{inWords(deviceNames(patient.providers)) || '–'}</Cell>
      <Cell label="Study" class="wx-2">
        {patient.studies.join(', ') || '–'}
      </Cell>
    </Row>
  );
}

function dayAndTime(at: Date, zone: string): string {
  return `${shortDate(at, zone)}, ${clockTime(at, zone)}`;
}
