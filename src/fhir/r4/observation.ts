import type { Coding, DataType } from '../../omh/data-type.js';
import { loinc } from '../../omh/fhir-code.js';
import { dataTypeNamed, dataTypeOfCode, isDataTypeName } from '../../omh/registry.js';
import { instantFromUtc } from '../../omh/time-frame.js';
import { dataPointOf, identifiersOf, type ObservationSource, referencesOf } from '../observation.js';
import { componentsOf } from './components.js';
import { inCentimetres, isMeasure, quantityOf } from './quantity.js';
import { MFHIR, OBSERVATION_CATEGORY } from './systems.js';

type Body = Readonly<Record<string, unknown>>;

/** Profiles of vital signs, by the code that each requires. */
const PROFILES: Readonly<Record<string, string>> = {
  '8867-4': 'heartrate',
  '2708-6': 'oxygensat',
  '9279-1': 'resprate',
  '8310-5': 'bodytemp',
  '29463-7': 'bodyweight',
  '8302-2': 'bodyheight',
  '39156-5': 'bmi',
  '85354-9': 'bp',
};

/** Statistics that have a confirmed code of their own; all others are named as Open mHealth's mapping does. */
const STATISTICS: Readonly<Partial<Record<DataType['name'], Coding>>> = {
  workout_heart_rate_average: loinc('55425-3', 'Heart rate unspecified time mean by Pedometer'),
  workout_heart_rate_maximum: loinc('55426-1', 'Heart rate unspecified time maximum by Pedometer'),
  day_heart_rate_maximum: loinc('8873-2', 'Heart rate 24 hour maximum'),
};
const RESTING = loinc('40443-4', 'Heart rate --resting');
const EXERCISE = loinc('73985-4', 'Exercise activity');
const OF_DAY = 'daily activity summary';

/** The FHIR R4 Observation as any client reads it: LOINC or SNOMED CT, UCUM, one value or components. */
export function renderObservationR4(row: ObservationSource) {
  const { body } = dataPointOf(row);
  const type = isDataTypeName(row.dataType) ? dataTypeNamed(row.dataType) : dataTypeOfCode(row.code);
  const codings = [...(type === undefined ? [] : nativeCodings(type, body)), omhCoding(row)];
  const profile = codings.flatMap(({ code }) => PROFILES[code] ?? []).map(profileUrl);
  return {
    resourceType: 'Observation' as const,
    id: String(row.id),
    meta: { lastUpdated: row.updatedUtc, ...(profile.length === 0 ? {} : { profile }) },
    ...identifiersOf(row),
    status: row.status,
    ...(type === undefined
      ? {}
      : { category: [{ coding: [{ system: OBSERVATION_CATEGORY, code: type.fhir.category }] }] }),
    code: { coding: codings },
    ...referencesOf(row, row.datasheet ?? row.dataSourceName),
    ...effectiveOf(row),
    ...valueOf(type, body),
  };
}

const profileUrl = (name: string) => `http://hl7.org/fhir/StructureDefinition/${name}`;

function omhCoding({ system, code, display }: ObservationSource): Coding {
  return { system, code, display };
}

const isWorkout = (body: Body) =>
  typeof body['activity_name'] === 'string' && body['activity_name'] !== OF_DAY;

function nativeCodings({ name, schemaId, fhir }: DataType, body: Body): readonly Coding[] {
  if (isWorkout(body)) return [EXERCISE];
  const statistic = body['descriptive_statistic'];
  const isResting = name === 'heart_rate' && 'temporal_relationship_to_sleep' in body;
  const own = STATISTICS[name];
  return [
    ...fhir.codings,
    ...(isResting ? [RESTING] : []),
    ...(own === undefined ? [] : [own]),
    ...(own === undefined && typeof statistic === 'string' ? [statisticCoding(schemaId, statistic)] : []),
  ];
}

function statisticCoding(schemaId: string, statistic: string): Coding {
  const measure = schemaId.split(':')[1] ?? '';
  return {
    system: MFHIR,
    code: `${measure}-${statistic}`,
    display: `${measure.replaceAll('-', ' ')}, ${statistic}`,
  };
}

/** With the offset that the sample had, unlike the rendering for the JupyterHealth Exchange. */
function effectiveOf({ startUtc, startOffset, endUtc, endOffset }: ObservationSource) {
  const start = instantFromUtc(startUtc, startOffset);
  if (endUtc === null) return { effectiveDateTime: start };
  return { effectivePeriod: { start, end: instantFromUtc(endUtc, endOffset ?? startOffset) } };
}

function valueOf(type: DataType | undefined, body: Body) {
  const property = type?.quantity?.property;
  const measure = property === undefined ? undefined : body[property];
  const kind = isWorkout(body) ? 'workout' : body['activity_name'] === OF_DAY ? 'day' : 'other';
  const components = componentsOf(body, property, kind);
  return {
    ...(isMeasure(measure) ? { valueQuantity: quantityOf(inCentimetres(measure)) } : {}),
    ...(kind === 'workout' ? { valueCodeableConcept: { text: body['activity_name'] } } : {}),
    ...(components.length === 0 ? {} : { component: components }),
  };
}
