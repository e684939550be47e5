import type { ServerDeps } from '../../api/env.js';
import { clients } from '../../db/clients.js';
import type { InvitingClient } from '../views/admin/invite-form.js';

/** The clients that this service serves itself: patients are invited through them. */
export async function invitingClients({ reading, config }: ServerDeps): Promise<InvitingClient[]> {
  const own = (await clients(reading)).filter(({ invitationUrl }) =>
    invitationUrl.startsWith(`${config.SITE_URL}/clients/ow/`),
  );
  return own.map(({ id, name }) => ({ id: String(id), name }));
}
