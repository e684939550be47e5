import type { Child } from 'hono/jsx';
import type { StudyOfPatient } from '../../../../db/enrolment.js';
import type { InvitationLine } from '../../../../db/staff-invitations.js';
import { Chip } from '../../../components/chip.js';
import {
  type ConnectionState,
  reasonForStaff,
  type StateWords,
  stateForStaff,
} from '../../../components/connection-state.js';
import { FormDone } from '../../../components/form-result.js';
import { PostForm } from '../../../components/post-form.js';
import { type Stat, Stats } from '../../../components/stats.js';
import { Time } from '../../../components/time.js';
import { longDate } from '../../../components/times.js';
import { adminPaths } from '../../paths.js';
import { auditHref } from '../audit/audit-address.js';
import { InviteForm, type InvitingClient } from '../invite-form.js';
import { InvitationTable } from '../invitations.js';
import { type StaffFrame, StaffLayout } from '../staff-layout.js';
import { type PatientFacts, PatientHead } from './patient-head.js';

export interface OverviewProps {
  readonly frame: StaffFrame;
  readonly patient: PatientFacts;
  readonly states: readonly StateWords[];
  readonly stats: readonly Stat[];
  /** The calendar and the charts. */
  readonly children: Child;
  readonly connections: readonly { readonly name: string; readonly state: ConnectionState }[];
  readonly studies: readonly StudyOfPatient[];
  readonly invitations: readonly InvitationLine[];
  /** Whether the reader may see who read this patient's data. */
  readonly readsAudit: boolean;
  /** Absent for viewers. */
  readonly invite?: readonly InvitingClient[] | undefined;
  /** Whether this installation sends mail. */
  readonly canMail?: boolean;
  /** Managers find the way to the erasure. */
  readonly mayErase?: boolean;
  readonly done?: string | undefined;
}

/** Everything about one patient at a glance. */
export function OverviewPage(props: OverviewProps) {
  const { frame, patient, states, stats, children, invitations, mayErase = false, done } = props;
  return (
    <StaffLayout frame={frame} title={patient.name} here="patients">
      <PatientHead patient={patient} tab="overview" states={states} actions={<Actions {...props} />} />
      {done === undefined ? null : <FormDone text={done} />}
      <Stats stats={stats} />
      {children}
      <div class="wx-two">
        <Connections {...props} />
        <Studies {...props} />
      </div>
      {invitations.length === 0 ? null : (
        <section class="card overflow-hidden" aria-labelledby="invitations-h">
          <div class="card-header">
            <h2 id="invitations-h">Invitations</h2>
          </div>
          <InvitationTable frame={frame} invitations={invitations} />
        </section>
      )}
      {mayErase ? (
        <div class="wx-end">
          <a class="btn btn-outline-danger" href={`${adminPaths.patients}/${patient.id}/erase`}>
            Erase this patient’s data…
          </a>
        </div>
      ) : null}
    </StaffLayout>
  );
}

function Actions({ frame, patient, readsAudit, invite, canMail = false }: OverviewProps) {
  return (
    <>
      {readsAudit ? (
        <a class="btn btn-outline-secondary" href={auditHref({ patient: patient.id })}>
          Who read this
        </a>
      ) : null}
      {invite === undefined ? null : (
        <InviteForm
          patient={{ id: String(patient.id), name: patient.name }}
          clients={invite}
          canMail={canMail}
          csrf={frame.csrf}
        />
      )}
    </>
  );
}

function Connections({ connections, patient }: OverviewProps) {
  return (
    <section class="card" aria-labelledby="connections-h">
      <div class="card-header">
        <h2 id="connections-h">Connections</h2>
      </div>
      {connections.length === 0 ? <p class="card-body wx-2">No wearable is connected.</p> : null}
      <ul class="wx-list is-ruled">
        {connections.map(({ name, state }) => {
          const { tone, icon, word } = stateForStaff(state);
          return (
            <li class="wx-row">
              <strong>{name}</strong>
              <Chip tone={tone} icon={icon}>
                {word}
              </Chip>
              <span class="wx-s wx-2 wx-push">{reasonForStaff(state, patient.zone)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Studies({ studies, patient, invite, frame }: OverviewProps) {
  return (
    <section class="card" aria-labelledby="studies-h">
      <div class="card-header">
        <h2 id="studies-h">Studies</h2>
      </div>
      <ul class="wx-list is-ruled">
        {studies.map(({ id, name, enrolledAt }) => (
          <li class="wx-row">
            <a href={`${adminPaths.studies}/${id}`}>{name}</a>
            <span class="wx-s wx-2 wx-push">
              {enrolledAt !== null ? (
                <>
                  enrolled <Time at={enrolledAt} zone={patient.zone} as={longDate} />
                </>
              ) : invite === undefined ? (
                'not enrolled'
              ) : (
                <PostForm
                  action={`${adminPaths.patients}/${patient.id}/enrol`}
                  csrf={frame.csrf}
                  hidden={{ study: String(id) }}
                >
                  <button class="btn btn-outline-secondary btn-sm">
                    Enrol<span class="visually-hidden"> in {name}</span>
                  </button>
                </PostForm>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
