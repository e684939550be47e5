import { z } from '@hono/zod-openapi';
import { moment } from './shapes.js';

/** An invitation as it is read later: its token is in the answer that issued it and nowhere else. */
export const invitationShape = z
  .object({
    id: z.int(),
    patientId: z.int(),
    client_id: z.int(),
    tokenHash: z.string(),
    token: z.null(),
    status: z.enum(['issued', 'reissued', 'redeemed', 'cancelled', 'expired']),
    lastUpdated: moment,
  })
  .openapi('Invitation');
