import { z } from 'zod';
import type { Frame } from '../omh/data-type.js';
import { isFields } from '../omh/fields.js';
import { frameOf } from '../omh/posted-frame.js';
import { Refused } from './refused.js';
import { idOf } from './tokens.js';

/** A text that a database can hold and that is not endless. */
const text = z
  .string()
  .min(1)
  .max(2000)
  .refine((value) => !/\0|\p{Surrogate}/u.test(value), 'holds characters that are none');
const coding = z.object({ system: text, code: text }).loose();
const reference = z.object({ reference: text }).loose();

/** An Observation as a client posts it: one code, whose, from which data source, and the data point. */
export const postedObservation = z
  .object({
    resourceType: z.literal('Observation'),
    status: text,
    code: z.object({ coding: z.array(coding).min(1) }).loose(),
    subject: reference,
    device: reference,
    identifier: z
      .array(z.object({ system: text, value: text }).loose())
      .max(20)
      .optional(),
    valueAttachment: z.object({ contentType: text, data: text.max(1_000_000) }).loose(),
  })
  .loose();

export type PostedObservationBody = z.infer<typeof postedObservation>;

export interface PostedDataPoint {
  readonly patientId: number;
  readonly dataSourceId: number;
  readonly system: string;
  readonly code: string;
  readonly identifiers: readonly { readonly system: string; readonly value: string }[];
  readonly document: {
    readonly header: Readonly<Record<string, unknown>>;
    readonly body: Readonly<Record<string, unknown>>;
  };
  readonly frame: Frame;
}

/** What a posted Observation says; refused when it cannot be understood. Its data point is not judged yet. */
export function readPosted(resource: PostedObservationBody): PostedDataPoint {
  const [coded, ...others] = resource.code.coding;
  if (coded === undefined || others.length > 0)
    throw new Refused(400, 'code.coding: exactly one coding is taken.');
  const document = decoded(resource.valueAttachment.data);
  const frame = frameOf(document.body);
  if (frame === undefined)
    throw new Refused(422, 'valueAttachment.data: when it was measured cannot be told.');
  const identifiers = (resource.identifier ?? []).map(({ system, value }) => ({ system, value }));
  if (identifiers.some(({ system }) => system.startsWith('ow:'))) {
    throw new Refused(400, 'identifier: systems that begin with ow: are given by this service.');
  }
  return {
    patientId: referred('subject', resource.subject.reference, 'Patient'),
    dataSourceId: referred('device', resource.device.reference, 'Device'),
    ...{ system: coded.system, code: coded.code, identifiers, document, frame },
  };
}

function referred(name: string, text: string, type: string): number {
  if (!text.startsWith(`${type}/`)) throw new Refused(400, `${name}: not a reference to a ${type}.`);
  return idOf(name, text, type);
}

function decoded(data: string): PostedDataPoint['document'] {
  const bytes = Buffer.from(data, 'base64');
  const document = parsed(bytes);
  const { header, body } = isFields(document) ? document : {};
  if (!isFields(header) || !isFields(body)) {
    throw new Refused(
      400,
      'valueAttachment.data: not the base64 text of a JSON object with header and body.',
    );
  }
  return { header, body };
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
