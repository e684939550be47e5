import { z } from '@hono/zod-openapi';

const text = (description: string, example: string) =>
  z.string().optional().openapi({ description, example });

/** A parameter that may be given several times; all of them must hold. */
const repeated = (description: string, example: string) =>
  z
    .union([z.string(), z.array(z.string())])
    .transform((value) => (typeof value === 'string' ? [value] : value))
    .optional()
    .openapi({ type: 'array', items: { type: 'string' }, description, example: [example] });

const count = z.coerce.number().int().optional().openapi({
  type: 'integer',
  description: 'Resources on a page: 20 unless told, at most 1000',
  example: 100,
});

/** What every search takes. */
export const pageParameters = {
  _count: count,
  _page: text('Of a link only: where this page begins', '1'),
  _summary: z
    .enum(['count', 'false'])
    .optional()
    .openapi({ description: 'count: how many, without resources', example: 'false' }),
  _format: text('Media type of the answer, instead of the Accept header', 'json'),
  _id: text('Ids, separated by commas', '60001,60002'),
  _lastUpdated: repeated(
    'When it was last changed here: a date with eq, ge, gt, le or lt before it',
    'ge2026-01-01',
  ),
  _source: text(
    'Where it comes from; imported resources are not kept, so others than ours find nothing',
    'https://jupyterhealth.org/jhe',
  ),
  '_source:below': text('As _source, for what begins with it', 'https://jupyterhealth.org/'),
};

export const groupMember = {
  'patient._has:Group:member:_id': text('A study: only what it was granted, of the patients in it', '30001'),
  '_has:Group:member:_id': text('The same, as it is written for Patient', '30001'),
};

export const observationParameters = z.object({
  patient: text('Patient id, also as Patient/40001', '40001'),
  ...groupMember,
  'patient.organization': text('Organization id: only what its studies were granted', '20003'),
  'patient.identifier': text("A patient's identifier: system|value, or the value", 'urn:oid:1.2.3.4|E1234'),
  identifier: text(
    "The observation's identifier: system|value, or the value",
    'ow:normalized|3d1b62a3-6d26-5e1c-9d0e-0f7f6f9ce2a1',
  ),
  code: text(
    'Codes, separated by commas: system|code, or the code',
    'https://w3id.org/openmhealth|omh:heart-rate:2.0',
  ),
  category: text('vital-signs, activity or laboratory', 'vital-signs'),
  date: repeated('When it was measured: a date with eq, ge, gt, le or lt before it', 'ge2026-01-01'),
  status: text('final, amended or entered-in-error; without it, all but the last', 'final'),
  _sort: z
    .enum(['date', '-date', '_lastUpdated', '-_lastUpdated'])
    .optional()
    .openapi({ description: 'Newest measurement first unless told', example: '-date' }),
  _total: z.enum(['none', 'accurate', 'estimate']).optional().openapi({
    description: 'none: is not counted; accurate: is counted to the end, however many there are',
    example: 'none',
  }),
  ...pageParameters,
});

export type ObservationQuery = z.infer<typeof observationParameters>;

export const patientParameters = z.object({
  '_has:Group:member:_id': text('Patient: those in this study', '30001'),
  organization: text('Patient: those of this organization', '20003'),
  identifier: text("A patient's identifier: system|value, or the value", 'urn:oid:1.2.3.4|E1234'),
  birthdate: repeated('Patient: a date with eq, ge, gt, le or lt before it', 'ge1990-01-01'),
  family: text('Patient: how the family name begins', 'Mor'),
  given: text('Patient: how the given name begins', 'Pet'),
  name: text('Patient: how either name begins', 'Pe'),
  ...pageParameters,
});

export type PatientQuery = z.infer<typeof patientParameters>;

const DEFAULT_COUNT = 20;
const MAX_COUNT = 1000;

/** How many resources a page has. */
export function countOf({ _count: asked }: { readonly _count?: number | undefined }): number {
  return asked === undefined || asked < 1 ? DEFAULT_COUNT : Math.min(asked, MAX_COUNT);
}

const OURS = 'https://jupyterhealth.org/jhe';

/** Whether a search is for resources of another source, of which there are none. */
export function isElsewhere(query: {
  readonly _source?: string | undefined;
  readonly '_source:below'?: string | undefined;
}): boolean {
  const { _source: source = OURS, '_source:below': below = OURS } = query;
  return source !== OURS || !OURS.startsWith(below);
}
