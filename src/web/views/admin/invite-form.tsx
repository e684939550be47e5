import { PostForm } from '../../components/post-form.js';
import { adminPaths } from '../paths.js';
import type { InvitingClient, StaffPatient } from './patient-row.js';

interface InviteFormProps {
  readonly patient: Pick<StaffPatient, 'id' | 'name'>;
  readonly studyId: string;
  readonly clients: readonly InvitingClient[];
  readonly csrf: string;
}

/** Issues an invitation. Posts `patient` and `client`; the choice is shown only where there is one. */
export function InviteForm({ patient, studyId, clients, csrf }: InviteFormProps) {
  const [first, ...others] = clients;
  if (first === undefined) return <>You cannot invite here.</>;
  const field = `client-${studyId}-${patient.id}`;
  return (
    <PostForm
      action={adminPaths.invitations}
      csrf={csrf}
      hidden={others.length === 0 ? { patient: patient.id, client: first.id } : { patient: patient.id }}
      class="wx-row"
    >
      {others.length === 0 ? null : (
        <>
          <label class="visually-hidden" for={field}>
            Client for {patient.name}
          </label>
          <select class="form-select form-select-sm w-auto" id={field} name="client">
            {clients.map(({ id, name }) => (
              <option value={id}>{name}</option>
            ))}
          </select>
        </>
      )}
      <button class="btn btn-outline-secondary btn-sm">
        Invite<span class="visually-hidden"> {patient.name}</span>
      </button>
    </PostForm>
  );
}
