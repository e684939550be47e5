import { loinc } from '../../omh/fhir-code.js';
import type { Coding } from '../../omh/data-type.js';
import { isMeasure, quantityOf } from './quantity.js';
import { MFHIR, PROPERTY, SNOMED } from './systems.js';

type Body = Readonly<Record<string, unknown>>;
type Kind = 'day' | 'workout' | 'other';

/** Confirmed codes of properties; what is not here is named by the property itself. */
const CODES: Readonly<Record<string, Coding>> = {
  systolic_blood_pressure: loinc('8480-6', 'Systolic blood pressure'),
  diastolic_blood_pressure: loinc('8462-4', 'Diastolic blood pressure'),
  total_sleep_time: loinc('93832-4', 'Sleep duration'),
  light_sleep_duration: loinc('93830-8', 'Light sleep duration'),
  deep_sleep_duration: loinc('93831-6', 'Deep sleep duration'),
  rem_sleep_duration: loinc('93829-0', 'REM sleep duration'),
  duration: loinc('55411-3', 'Exercise duration'),
  duration_moderate_activity: loinc('77592-4', 'Moderate physical activity [IPAQ]'),
  duration_vigorous_activity: loinc('77593-2', 'Vigorous physical activity [IPAQ]'),
};
const CODES_OF_DAY: Readonly<Record<string, Coding>> = {
  base_movement_quantity: loinc('41950-7', 'Number of steps in 24 hour Measured'),
};
const CODES_OF_WORKOUT: Readonly<Record<string, Coding>> = {
  base_movement_quantity: loinc('55423-8', 'Number of steps in unspecified time Pedometer'),
  kcal_burned: loinc('55424-6', 'Calories burned in unspecified time Pedometer'),
};

/** Temporal relations, which the references of their schemas name in SNOMED CT. */
const RELATIONS: Readonly<Record<string, string>> = {
  temporal_relationship_to_sleep: 'relative-to-sleep',
  temporal_relationship_to_physical_activity: 'relative-to-activity',
  temporal_relationship_to_meal: 'relative-to-meal',
};
const RELATION_CODES: Readonly<Record<string, string>> = {
  'before sleeping': '307155000',
  'during sleep': '309610004',
  'on waking': '307156004',
  'at rest': '263678003',
  active: '55561003',
  'before exercise': '307166007',
  'after exercise': '255214003',
  'during exercise': '309604004',
};

/** What the rendering says elsewhere: in the code, the value or the time. */
const ELSEWHERE = ['effective_time_frame', 'activity_name', 'descriptive_statistic'];

/** Everything of a body that is not its one value, as components; a list of stages is left to the data point itself. */
export function componentsOf(body: Body, main: string | undefined, kind: Kind) {
  return Object.entries(body)
    .filter(([name]) => name !== main && !ELSEWHERE.includes(name))
    .flatMap(([name, value]) =>
      // A summary is one level deep: its members are the components.
      name === 'sleep_stage_summary' ? Object.entries(value as Body) : [[name, value] as const],
    )
    .flatMap(([name, value]) => componentOf(name, value, kind) ?? []);
}

function componentOf(name: string, value: unknown, kind: Kind) {
  const relation = RELATIONS[name];
  if (relation !== undefined && typeof value === 'string') return related(relation, value);
  const code = { coding: [codingOf(name, kind)] };
  if (isMeasure(value)) {
    const perDay = kind === 'day' && name === 'base_movement_quantity' ? '/d' : undefined;
    return { code, valueQuantity: quantityOf(value, perDay) };
  }
  if (typeof value === 'boolean') return { code, valueBoolean: value };
  if (typeof value === 'number') {
    return Number.isInteger(value) ? { code, valueInteger: value } : { code, valueQuantity: { value } };
  }
  return typeof value === 'string' && value !== '' ? { code, valueString: value } : undefined;
}

function codingOf(name: string, kind: Kind): Coding {
  const special = { day: CODES_OF_DAY, workout: CODES_OF_WORKOUT, other: {} as typeof CODES }[kind][name];
  return special ?? CODES[name] ?? { system: PROPERTY, code: name, display: name.replaceAll('_', ' ') };
}

function related(relation: string, value: string) {
  const code = RELATION_CODES[value];
  return {
    code: { coding: [{ system: MFHIR, code: relation }] },
    valueCodeableConcept:
      code === undefined ? { text: value } : { coding: [{ system: SNOMED, code }], text: value },
  };
}
