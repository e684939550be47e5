import { Chip } from '../../components/chip.js';
import { type ConnectionState, reasonForStaff, stateForStaff } from '../../components/connection-state.js';
import { InviteForm } from './invite-form.js';

export interface InvitingClient {
  readonly id: string;
  readonly name: string;
}

/** A patient of a study, in what its team may know at a glance. */
export interface StaffPatient {
  readonly id: string;
  readonly name: string;
  readonly reference?: string | undefined;
  /** Of so many kinds of data asked for, so many agreed to and so many not answered. */
  readonly consent: { readonly asked: number; readonly agreed: number; readonly open: number };
  readonly connections: readonly { readonly name: string; readonly state: ConnectionState }[];
}

interface PatientRowProps {
  readonly patient: StaffPatient;
  readonly studyId: string;
  readonly clients: readonly InvitingClient[];
  readonly csrf: string;
  readonly zone: string;
}

/** One patient: who agreed to what, what arrives from where, and a fresh invitation. */
export function PatientRow({ patient, studyId, clients, csrf, zone }: PatientRowProps) {
  return (
    <tr role="row">
      <th role="rowheader" scope="row">
        {patient.name}
        {patient.reference === undefined ? null : <small class="wx-num">{patient.reference}</small>}
      </th>
      <td role="cell" data-label="Consent" class="is-wide">
        <Consent consent={patient.consent} />
      </td>
      <td role="cell" data-label="Devices" class="is-wide">
        <Connections connections={patient.connections} zone={zone} />
      </td>
      <td role="cell" data-label="Invitation">
        <InviteForm patient={patient} studyId={studyId} clients={clients} csrf={csrf} />
      </td>
    </tr>
  );
}

function Consent({ consent: { asked, agreed, open } }: Pick<StaffPatient, 'consent'>) {
  const word = agreed === 0 && open < asked ? 'Not consented' : `${agreed} of ${asked} agreed`;
  return (
    <>
      {agreed === asked && asked > 0 ? (
        <Chip tone="ok" icon="check-circle-fill">
          {word}
        </Chip>
      ) : (
        <Chip tone="idle" icon="dash-circle">
          {word}
        </Chip>
      )}
      {open === 0 ? null : <small class="pt-1">{open} not answered yet</small>}
    </>
  );
}

function Connections({
  connections,
  zone,
}: {
  readonly connections: StaffPatient['connections'];
  readonly zone: string;
}) {
  if (connections.length === 0) {
    return (
      <Chip tone="idle" icon="plug">
        Not connected
      </Chip>
    );
  }
  return (
    <ul class="wx-stack-s">
      {connections.map(({ name, state }) => (
        <Device name={name} state={state} zone={zone} />
      ))}
    </ul>
  );
}

interface DeviceProps {
  readonly name: string;
  readonly state: ConnectionState;
  readonly zone: string;
}

function Device({ name, state, zone }: DeviceProps) {
  const { tone, icon, word } = stateForStaff(state);
  const reason = reasonForStaff(state, zone);
  return (
    <li>
      <div class="wx-row">
        {name}
        <Chip tone={tone} icon={icon}>
          {word}
        </Chip>
      </div>
      {reason === undefined ? null : <small class="pt-1">{reason}</small>}
    </li>
  );
}
