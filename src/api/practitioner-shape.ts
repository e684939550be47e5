import { z } from '@hono/zod-openapi';
import { list, organizationSummary } from './shapes.js';

export const practitionerShape = z
  .object({
    id: z.int(),
    jheUserId: z.int(),
    nameFamily: z.string(),
    nameGiven: z.string(),
    telecomEmail: z.string(),
    organizations: list(
      organizationSummary.extend({ currentUserRole: z.string() }).openapi({
        example: { id: 20003, name: 'Lifespan Lab', type: 'laboratory', currentUserRole: 'viewer' },
      }),
    ),
  })
  .openapi('Practitioner');
