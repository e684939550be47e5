import type { Identity } from '../../auth/policies.js';
import { mayReadPatient, mayReadStudy, readableOrganizations } from '../../auth/policies.js';
import { findPatient, findPatientByIdentifier } from '../../db/patients.js';
import type { ReadFilter, ReadOrder } from '../../db/readable-observations.js';
import type { Sql } from '../../db/sql.js';
import { findStudy } from '../../db/studies.js';
import { dataTypesOf, dataTypesOfCategory } from '../../fhir/codes.js';
import { askedSpan } from '../../fhir/dates.js';
import { idOf, listOf, tokensOf } from '../../fhir/tokens.js';
import { notAllowed } from '../problems.js';
import { isElsewhere, type ObservationQuery } from './parameters.js';

/** R5 finds by the codes of Open mHealth, R4 by those of LOINC and SNOMED CT too. */
export type Codes = 'of Open mHealth' | 'native too';

/** What a search asks for, of what the caller may see at all; undefined: certainly nothing. */
export async function filterOf(
  sql: Sql,
  identity: Identity,
  query: ObservationQuery,
  codes: Codes,
): Promise<ReadFilter | undefined> {
  if (isElsewhere(query)) return undefined;
  const whose = identity.user.kind === 'patient' ? {} : await whoseOf(sql, identity, query);
  if (whose === undefined) return undefined;
  return {
    ...whose,
    ...kindsOf(query, codes),
    ...(query._id === undefined ? {} : { ids: listOf(query._id).map((id) => idOf('_id', id)) }),
    ...(query.identifier === undefined ? {} : { identifiers: identifiersOf(query.identifier) }),
    ...(query.status === undefined ? {} : { statuses: tokensOf(query.status).map(({ code }) => code) }),
    measured: (query.date ?? []).map((text) => askedSpan('date', text)),
    updated: (query._lastUpdated ?? []).map((text) => askedSpan('_lastUpdated', text)),
  };
}

/** Whose observations a practitioner asks for; refused when it is somebody they may not read. */
async function whoseOf(sql: Sql, identity: Identity, query: ObservationQuery) {
  const group = query['patient._has:Group:member:_id'] ?? query['_has:Group:member:_id'];
  const patientId = query.patient === undefined ? undefined : idOf('patient', query.patient, 'Patient');
  const studyId = group === undefined ? undefined : idOf('_has:Group:member:_id', group, 'Group');
  const asked = query['patient.organization'];
  const organizationId =
    asked === undefined ? undefined : idOf('patient.organization', asked, 'Organization');
  if (patientId !== undefined) {
    const patient = await findPatient(sql, patientId);
    if (patient === undefined || !mayReadPatient(identity, patient)) throw notAllowed();
  }
  if (studyId !== undefined) {
    const study = await findStudy(sql, studyId);
    if (study === undefined || !mayReadStudy(identity, study)) throw notAllowed();
  }
  if (organizationId !== undefined && !readableOrganizations(identity).includes(organizationId))
    throw notAllowed();
  const identified = await identifiedPatient(sql, query['patient.identifier']);
  if (identified === null || (identified ?? patientId) !== (patientId ?? identified)) return undefined;
  return defined({ patientId: patientId ?? identified, studyId, organizationId });
}

/** The patient with an identifier; null: nobody has it. */
async function identifiedPatient(sql: Sql, text: string | undefined): Promise<number | undefined | null> {
  const [token] = text === undefined ? [] : tokensOf(text);
  if (token === undefined) return text === undefined ? undefined : null;
  return (await findPatientByIdentifier(sql, token.system, token.code)) ?? null;
}

function kindsOf(query: ObservationQuery, codes: Codes): Pick<ReadFilter, 'codes' | 'dataTypes'> {
  const tokens = query.code === undefined ? undefined : tokensOf(query.code);
  const ofCategory = query.category === undefined ? undefined : dataTypesOfCategory(tokensOf(query.category));
  if (codes === 'of Open mHealth') return defined({ codes: tokens, dataTypes: ofCategory });
  const ofCode = tokens === undefined ? undefined : dataTypesOf(tokens);
  const dataTypes = ofCode?.filter((name) => ofCategory?.includes(name) ?? true) ?? ofCategory;
  return defined({ dataTypes });
}

function identifiersOf(text: string) {
  return tokensOf(text).map(({ system, code }) => ({ system, value: code }));
}

/** By when it was measured or changed, as `_sort` says. */
export function orderOf({ _sort: sort }: ObservationQuery): ReadOrder {
  return {
    by: sort?.endsWith('_lastUpdated') === true ? 'updated' : 'measured',
    direction: sort === undefined || sort.startsWith('-') ? 'newest first' : 'oldest first',
  };
}

type Defined<Members> = { [Name in keyof Members]?: Exclude<Members[Name], undefined> };

/** Members without those that are undefined. */
function defined<Members extends object>(members: Members): Defined<Members> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as Defined<Members>;
}
