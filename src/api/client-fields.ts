import { z } from '@hono/zod-openapi';
import { text } from './routes.js';

/** What is told of a new client. */
export const clientFields = {
  name: text(200).min(1),
  clientId: text(100).regex(/^[\x21-\x7e]+$/, 'must be printable characters without blanks'),
  invitationUrl: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .refine((url) => url.includes('CODE'), 'must contain CODE')
    .openapi({ example: 'https://jhe.example.org/clients/ow/?code=CODE' }),
};
