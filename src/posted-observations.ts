import type { Identity } from './auth/policies.js';
import { hasRole, mayReadPatient } from './auth/policies.js';
import { findPatient } from './db/patients.js';
import { type Posting, storePosted } from './db/posted-observations.js';
import type { Sql } from './db/sql.js';
import { dataSources, findConcept } from './db/studies.js';
import { NamedError } from './errors.js';
import { type PostedObservationBody, readPosted } from './fhir/posted.js';
import { isFields } from './omh/fields.js';
import { dataTypeOfCode } from './omh/registry.js';
import { instantToUtc } from './omh/time-frame.js';
import { loadSchemaValidation, type SchemaValidation } from './schema-validation.js';

/** How posting one observation ended; every ending but the first has a fixed text. */
export type Posted =
  | { readonly kind: 'stored'; readonly id: number; readonly patientId: number }
  | { readonly kind: 'refused'; readonly status: 400 | 403 | 409 | 422; readonly detail: string };

const SYSTEMS = ['https://w3id.org/openmhealth', 'https://w3id.org/ieee1752'];
const STALE_TRIES = 5;

const refused = (status: 400 | 403 | 409 | 422, detail: string): Posted => ({
  kind: 'refused',
  status,
  detail,
});

/** Posting observations from outside: judged by the official schemas, and by the consents within the write. */
export function createPosting(sql: Sql, load: () => SchemaValidation = loadSchemaValidation) {
  let validation: SchemaValidation | undefined;
  return async (identity: Identity, resource: PostedObservationBody): Promise<Posted> => {
    const point = readPosted(resource);
    const patient = await findPatient(sql, point.patientId);
    if (patient === undefined) return refused(400, 'subject: there is no such patient.');
    const isOwn = identity.user.patientId === patient.id;
    const isMember =
      mayReadPatient(identity, patient) && hasRole(identity, patient.organizationIds, 'member');
    if (!isOwn && !isMember) return refused(403, 'You do not have permission to perform this action.');
    const source = (await dataSources(sql)).find(({ id }) => id === point.dataSourceId);
    if (source?.type !== 'personal_device') return refused(400, 'device: not a personal device.');
    const concept = SYSTEMS.includes(point.system) ? await findConcept(sql, point.code) : undefined;
    if (concept === undefined) return refused(400, 'code: not a code that is stored here.');
    validation ??= load();
    if (!isOfCode(point.document.header, point.code))
      return refused(422, 'header.schema_id: not the schema of the code.');
    // Its schema says what a data point is; what does not fit names its place and never its value.
    const [problem] = validation.problemsOf(point.document);
    if (problem !== undefined) return refused(422, `valueAttachment.data: ${problem}`);
    const { start, end } = point.frame;
    const posting = await storedUnlessStale({
      ...{
        patientId: patient.id,
        conceptId: concept.id,
        dataSourceId: source.id,
        postedBy: identity.user.id,
      },
      dataType: dataTypeOfCode(point.code)?.name ?? point.code,
      identifier: String(point.document.header['uuid']),
      ...{ identifiers: point.identifiers, document: point.document },
      ...{ start: instantToUtc(start), end: end === null ? null : instantToUtc(end) },
    });
    if (posting.kind === 'stored') return { ...posting, patientId: patient.id };
    return posting.kind === 'taken'
      ? refused(409, 'identifier: an observation with this identifier exists.')
      : refused(403, 'No consent of the patient covers this.');
  };

  async function storedUnlessStale(observation: Parameters<typeof storePosted>[1]): Promise<Posting> {
    for (let tries = 0; tries < STALE_TRIES; tries += 1) {
      const posting = await storePosted(sql, observation);
      if (posting.kind !== 'stale') return posting;
    }
    throw new NamedError('ConsentMoving', 'The consents of the patient changed with every try.');
  }
}

function isOfCode({ schema_id: id }: Readonly<Record<string, unknown>>, code: string): boolean {
  return isFields(id) && [id['namespace'], id['name'], id['version']].join(':') === code;
}
