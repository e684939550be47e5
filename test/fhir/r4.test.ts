import { expect, it } from 'vitest';
import { renderObservationR4 } from '../../src/fhir/r4/observation.js';
import type { ObservationSource } from '../../src/fhir/observation.js';
import { rows } from './rows.js';

/** The rendering of the first row of a data type that a test has words for. */
function rendered(dataType: string, fits: (row: ObservationSource) => boolean = () => true) {
  const row = rows.find((each) => each.dataType === dataType && fits(each));
  if (row === undefined) throw new Error(`no row of ${dataType}`);
  return renderObservationR4(row);
}

/** LOINC and SNOMED CT codes, in order. */
const codes = (dataType: string, fits?: (row: ObservationSource) => boolean) =>
  rendered(dataType, fits).code.coding.map(({ code }) => code);

it.each([
  ['heart_rate', ['8867-4', 'omh:heart-rate:2.0'], '/min'],
  ['oxygen_saturation', ['2708-6', '59408-5', 'omh:oxygen-saturation:2.0'], '%'],
  ['respiratory_rate', ['9279-1', 'omh:respiratory-rate:2.0'], '/min'],
  ['body_temperature', ['8310-5', 'omh:body-temperature:4.0'], 'Cel'],
  ['body_weight', ['29463-7', 'omh:body-weight:3.0'], 'kg'],
  ['body_height', ['8302-2', 'omh:body-height:2.0'], 'cm'],
  ['body_mass_index', ['39156-5', 'omh:body-mass-index:3.0'], 'kg/m2'],
  ['blood_glucose', ['2339-0', 'omh:blood-glucose:4.0'], 'mg/dL'],
  ['sleep_duration', ['93832-4', '248263006', 'ieee:total-sleep-time:1.0'], 's'],
  ['time_in_bed', ['ieee:time-in-bed:1.0'], 's'],
  ['calories_burned', ['41981-2', 'omh:calories-burned:2.0'], 'kcal'],
  ['workout_heart_rate_average', ['8867-4', '55425-3', 'omh:heart-rate:2.0'], '/min'],
  ['day_heart_rate_maximum', ['8867-4', '8873-2', 'omh:heart-rate:2.0'], '/min'],
  ['day_heart_rate_minimum', ['8867-4', 'heart-rate-minimum', 'omh:heart-rate:2.0'], '/min'],
])('%s has these codes and this unit', (dataType, expected, unit) => {
  const isSimple = ['heart_rate', 'respiratory_rate', 'oxygen_saturation'].includes(dataType);
  const plain = (row: ObservationSource) => row.details === null || !isSimple;
  expect(codes(dataType, plain)).toEqual(expected);
  expect(rendered(dataType, plain)).toMatchObject({
    valueQuantity: { system: 'http://unitsofmeasure.org', code: unit },
  });
});

it('body height in metres is told in centimetres, since the profile has no metre', () => {
  const inMetres = rows.find(({ dataType, details }) => dataType === 'body_height' && details !== null);
  if (inMetres === undefined) throw new Error('no height in metres');
  const metres = (inMetres.details as { body_height: { value: number } }).body_height.value;
  const { valueQuantity } = renderObservationR4(inMetres) as {
    valueQuantity?: { value: number; code?: string };
  };
  expect(valueQuantity).toMatchObject({ code: 'cm' });
  expect(valueQuantity?.value).toBeCloseTo(metres * 100, 6);
});

it('blood pressure is a panel: two components and no value of its own', () => {
  const panel = rendered('blood_pressure');
  expect(panel).not.toHaveProperty('valueQuantity');
  expect(panel).toMatchObject({
    meta: { profile: ['http://hl7.org/fhir/StructureDefinition/bp'] },
    category: [{ coding: [{ code: 'vital-signs' }] }],
    component: [
      { code: { coding: [{ code: '8480-6' }] }, valueQuantity: { code: 'mm[Hg]', unit: 'mmHg' } },
      { code: { coding: [{ code: '8462-4' }] }, valueQuantity: { code: 'mm[Hg]', unit: 'mmHg' } },
    ],
  });
});

it('a heart rate during sleep is a resting one, with its relation as a component and its own offset', () => {
  const asleep = rendered('heart_rate', ({ details }) => details !== null);
  expect(asleep.code.coding.map(({ code }) => code)).toContain('40443-4');
  expect(asleep).toMatchObject({
    component: [
      {
        code: { coding: [{ code: 'relative-to-sleep' }] },
        valueCodeableConcept: { coding: [{ code: '309610004' }], text: 'during sleep' },
      },
    ],
  });
});

it('a workout and a day are told apart: by code, value and the codes of their steps', () => {
  const isWorkout = (row: ObservationSource) => row.details?.['activity_name'] !== 'daily activity summary';
  const workout = rendered(
    'physical_activity',
    (row) => isWorkout(row) && row.details?.['duration'] !== undefined,
  );
  expect(workout.code.coding[0]).toMatchObject({ code: '73985-4' });
  expect(workout).toHaveProperty('valueCodeableConcept.text');
  const day = rendered(
    'physical_activity',
    (row) => !isWorkout(row) && row.details?.['base_movement_quantity'] !== undefined,
  );
  expect(day.code.coding[0]).toMatchObject({ code: '68130003' });
  expect(day).not.toHaveProperty('valueCodeableConcept');
  const steps =
    'component' in day ? day.component.find(({ code }) => code.coding[0]?.code === '41950-7') : undefined;
  expect(steps).toMatchObject({ valueQuantity: { unit: 'steps', code: '/d' } });
});
