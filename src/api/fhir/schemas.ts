import { z } from '@hono/zod-openapi';

const link = z.object({ relation: z.string(), url: z.string() });
const outcomeIssue = z.object({ severity: z.string(), code: z.string(), diagnostics: z.string() });

/** What a FHIR resource looks like from outside; the whole shape is in the FHIR specification. */
const resourceOf = (type: string) => z.object({ resourceType: z.literal(type), id: z.string() }).loose();

export const outcomeBody = z
  .object({ resourceType: z.literal('OperationOutcome'), issue: z.array(outcomeIssue).min(1) })
  .openapi('OperationOutcome');

export const searchsetBody = z
  .object({
    resourceType: z.literal('Bundle'),
    type: z.literal('searchset'),
    total: z.int().min(0).optional(),
    entry: z.array(z.object({ resource: z.object({ resourceType: z.string(), id: z.string() }).loose() })),
    link: z.array(link).min(1),
    meta: z.object({}),
  })
  .openapi('Searchset');

export const capabilityBody = z
  .object({ resourceType: z.literal('CapabilityStatement'), fhirVersion: z.string() })
  .loose()
  .openapi('CapabilityStatement');

export const observationBody = resourceOf('Observation').openapi('Observation');
export const patientBody = resourceOf('Patient').openapi('PatientResource');
export const groupBody = resourceOf('Group').openapi('Group');
export const deviceBody = resourceOf('Device').openapi('Device');

export const batchResponseBody = z
  .object({
    resourceType: z.literal('Bundle'),
    type: z.literal('batch-response'),
    entry: z.array(z.object({ response: z.object({ status: z.string() }).loose() }).loose()),
  })
  .openapi('BatchResponse');

const examplePoint = {
  header: {
    uuid: '5d1f0a52-3f0e-4a57-9d43-0d6f1f6b2c11',
    schema_id: { namespace: 'omh', name: 'heart-rate', version: '2.0' },
    source_creation_date_time: '2026-11-21T18:00:00Z',
    modality: 'sensed',
  },
  body: {
    heart_rate: { value: 61, unit: 'beats/min' },
    effective_time_frame: { date_time: '2026-11-21T18:00:00Z' },
  },
};
/** An Observation as a client posts it. */
export const postExample = {
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'https://w3id.org/openmhealth', code: 'omh:heart-rate:2.0' }] },
  subject: { reference: 'Patient/40001' },
  device: { reference: 'Device/70004' },
  valueAttachment: {
    contentType: 'application/json',
    data: Buffer.from(JSON.stringify(examplePoint)).toString('base64'),
  },
};

/** A body in each of the media types that FHIR is answered in. */
export const inFhir = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  content: { 'application/fhir+json': { schema }, 'application/json': { schema } },
});

const refusal = (description: string) => inFhir(description, outcomeBody);

/** What every route of FHIR may answer instead of a resource. */
export const fhirErrors = {
  400: refusal('a parameter or the body cannot be understood'),
  401: refusal('no token, or one that is not valid (any more)'),
  403: refusal('not allowed'),
  404: refusal('there is no such resource, or it is not visible'),
  406: refusal('only JSON is answered'),
  422: refusal('an id is none'),
};
