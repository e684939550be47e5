import { Icon } from '../../components/icon.js';
import { PostForm } from '../../components/post-form.js';
import { adminPaths } from '../paths.js';

/** An application that patients are invited through. */
export interface InvitingClient {
  readonly id: string;
  readonly name: string;
}

interface InviteFormProps {
  readonly patient: { readonly id: string; readonly name: string };
  readonly clients: readonly InvitingClient[];
  readonly canMail: boolean;
  readonly csrf: string;
}

/** Issues an invitation. Posts `patient`, `client`, and `by` = `mail` or `link`; a choice is shown only where there is one. */
export function InviteForm({ patient, clients, canMail, csrf }: InviteFormProps) {
  const [first, ...others] = clients;
  if (first === undefined)
    return <p class="wx-2">No client is set up that patients can be invited through.</p>;
  return (
    <PostForm
      action={adminPaths.invitations}
      csrf={csrf}
      hidden={others.length === 0 ? { patient: patient.id, client: first.id } : { patient: patient.id }}
      class="wx-row"
    >
      {others.length === 0 ? null : (
        <>
          <label class="visually-hidden" for="client">
            Client for {patient.name}
          </label>
          <select class="form-select w-auto" id="client" name="client">
            {clients.map(({ id, name }) => (
              <option value={id}>{name}</option>
            ))}
          </select>
        </>
      )}
      {canMail ? (
        <button class="btn btn-outline-secondary" name="by" value="mail">
          <Icon name="envelope" />
          Invite by e-mail<span class="visually-hidden"> {patient.name}</span>
        </button>
      ) : null}
      <button class="btn btn-outline-secondary" name="by" value="link">
        <Icon name="link-45deg" />
        Invite with a link<span class="visually-hidden"> {patient.name}</span>
      </button>
    </PostForm>
  );
}
