import type { ServerDeps } from '../../api/env.js';
import { clients } from '../../db/clients.js';
import type { InviteChoices } from '../views/admin/invite-form.js';

/** The clients that this service serves itself: patients are invited through them. */
export async function inviteChoices({ sql, config }: ServerDeps): Promise<InviteChoices> {
  const own = (await clients(sql)).filter(({ invitationUrl }) =>
    invitationUrl.startsWith(`${config.SITE_URL}/clients/ow/`),
  );
  return { clients: own.map(({ id, name }) => ({ id: String(id), name })), canMail: false };
}
