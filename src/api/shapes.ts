import { z } from '@hono/zod-openapi';
import { rowId } from './routes.js';

/** What several resources tell, in the spelling of the wire. */

/** An array that nobody changes, as the database's rows have them. */
export const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();

export const organizationSummary = z
  .object({ id: z.int(), name: z.string(), type: z.string() })
  .openapi({ example: { id: 20003, name: 'Lifespan Lab', type: 'laboratory' } });

export const patientRecordShape = z
  .object({
    id: z.int(),
    jheUserId: z.int(),
    identifiers: list(z.object({ id: z.int(), system: z.string(), value: z.string() })),
    nameFamily: z.string(),
    nameGiven: z.string(),
    birthDate: z.iso.date().nullable(),
    telecomPhone: z.string().nullable(),
    telecomEmail: z.string(),
    organizations: list(
      organizationSummary
        .extend({ partOf: z.int().nullable(), currentUserRole: z.null(), children: list(z.unknown()) })
        .openapi({
          example: {
            ...{ id: 20003, name: 'Lifespan Lab', type: 'laboratory' },
            ...{ partOf: 20002, currentUserRole: null, children: [] },
          },
        }),
    ),
  })
  .openapi('Patient');

export const conceptShape = z
  .object({ id: z.int(), codingSystem: z.string(), codingCode: z.string(), text: z.string() })
  .openapi('Scope', {
    example: {
      id: 50004,
      codingSystem: 'https://w3id.org/openmhealth',
      codingCode: 'omh:heart-rate:2.0',
      text: 'Heart Rate',
    },
  });

export const dataSourceShape = z
  .object({ id: z.int(), name: z.string(), type: z.string(), supportedScopes: list(conceptShape) })
  .openapi('DataSource');

/** A time as text with microseconds. */
export const moment = z.iso.datetime();

/** The id in a path. */
export const pathId = (example: number) =>
  z.object({
    id: z.coerce
      .number()
      .pipe(rowId)
      .openapi({ param: { in: 'path', name: 'id' }, example }),
  });

export const json = <Shape extends z.ZodType>(description: string, schema: Shape) => ({
  description,
  content: { 'application/json': { schema } },
});

export const problemBody = z.object({ detail: z.string() }).loose().openapi('Problem');

/** An error: `detail` says what is wrong; refused input has its fields beside it. */
export const problem = (description: string) => json(description, problemBody);

export const jsonBody = <Shape extends z.ZodType>(schema: Shape) => ({
  required: true,
  content: { 'application/json': { schema } },
});
