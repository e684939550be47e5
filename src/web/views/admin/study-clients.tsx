import type { StudyClientLine } from '../../../db/study-choices.js';
import { TextField } from '../../components/field.js';
import { Icon } from '../../components/icon.js';
import { PostForm } from '../../components/post-form.js';
import { counted } from '../../components/words.js';
import { adminPaths } from '../paths.js';
import { StudyChoices } from './study-choices.js';

/** What is typed of a new client. */
export interface ClientTyped {
  readonly clientName: string;
  readonly clientId: string;
  readonly invitationUrl: string;
}

export interface StudyClientsProps {
  readonly study: { readonly id: number };
  readonly csrf: string;
  readonly clients: readonly StudyClientLine[];
  readonly mayChange: boolean;
  /** Operators add clients; study teams choose among those that are there. */
  readonly mayAddClients: boolean;
  readonly client?: ClientTyped | undefined;
  readonly problems: Partial<Record<keyof ClientTyped, string>>;
}

/** The applications that patients of the study open from their invitation. */
export function StudyClients(props: StudyClientsProps) {
  const { study, csrf, clients, mayChange, mayAddClients } = props;
  const used = clients.filter(({ isUsed }) => isUsed);
  return (
    <section class="card" aria-labelledby="clients-h">
      <div class="card-header">
        <h2 id="clients-h">Clients</h2>
        <span class="wx-s wx-2">what patients open from their invitation</span>
      </div>
      {used.length === 0 ? <p class="card-body wx-2">None of its own yet.</p> : null}
      <ul class="wx-list is-ruled">
        {used.map(({ name, clientId, invited }) => (
          <li class="wx-row">
            <div>
              <strong>{name}</strong> <small class="wx-2 wx-mono">{clientId}</small>
            </div>
            <span class="wx-s wx-2 wx-push">{counted(invited, 'patient')} invited</span>
          </li>
        ))}
      </ul>
      {mayChange ? (
        <StudyChoices
          title="Change the clients"
          action={`${adminPaths.studies}/${study.id}/clients`}
          csrf={csrf}
          field="client"
          choices={clients.map(({ id, name, clientId, isUsed }) => ({
            ...{ value: String(id), text: name, detail: clientId, isChosen: isUsed },
          }))}
        />
      ) : null}
      {mayChange && mayAddClients ? <NewClient {...props} /> : null}
    </section>
  );
}

/** Posts `clientName`, `clientId` and `invitationUrl`. */
function NewClient({ study, csrf, client, problems }: StudyClientsProps) {
  return (
    <details class="wx-more card-body" open={client !== undefined}>
      <summary>
        <Icon name="chevron-right" />
        Add a client
      </summary>
      <PostForm action={`${adminPaths.studies}/${study.id}/new-client`} csrf={csrf} class="wx-stack pt-2">
        <TextField
          id="clientName"
          label="Name of the client"
          value={client?.clientName}
          problem={problems.clientName}
        />
        <TextField
          id="clientId"
          label="Client id"
          value={client?.clientId}
          problem={problems.clientId}
          help="What the application calls itself when it asks for a token."
        />
        <TextField
          id="invitationUrl"
          label="Invitation address"
          type="url"
          value={client?.invitationUrl}
          problem={problems.invitationUrl}
          help="CODE in it is replaced by the code of the invitation."
        />
        <div class="wx-actions">
          <button class="btn btn-outline-secondary">Add the client to this study</button>
        </div>
      </PostForm>
    </details>
  );
}
