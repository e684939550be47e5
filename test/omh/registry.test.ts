import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  dataTypeNamed,
  dataTypeOfCode,
  dataTypes,
  dataTypesOfSeries,
  isDataTypeName,
} from '../../src/omh/registry.js';
import { readVectorFiles } from '../../dev/golden-vectors.js';

const schemaFiles = ['omh', 'ieee'].flatMap((namespace) =>
  readdirSync(new URL(`../../src/omh/schemas/${namespace}/`, import.meta.url)).map(
    (file) => `${namespace}/${file}`,
  ),
);

describe.each(dataTypes)('$name', (type) => {
  test('is registered under its own name', () => {
    expect(dataTypeNamed(type.name)).toBe(type);
  });

  test('has a schema among the vendored ones', () => {
    const [namespace, name, version] = type.schemaId.split(':');
    expect(schemaFiles).toContain(`${namespace ?? ''}/${name ?? ''}-${version ?? ''}.json`);
  });

  test('is coded by its schema id, in the system of its publisher', () => {
    const publisher = type.schemaId.startsWith('ieee:') ? 'ieee1752' : 'openmhealth';
    expect(type.coding).toMatchObject({ system: `https://w3id.org/${publisher}`, code: type.schemaId });
  });

  test('has a converter for each source it is fed from, unless it takes more than one sample', () => {
    const sources = new Set(type.feeds.map(({ source }) => source));
    const many = ['blood_pressure', 'sleep_heart_rate'].includes(type.name);
    expect(Object.keys(type.converters).sort()).toEqual(many ? [] : [...sources].sort());
  });
});

test('every vector file with a schema is of a registered data type', () => {
  for (const { type, schema, source } of readVectorFiles()) {
    const registered = isDataTypeName(type) ? dataTypeNamed(type) : undefined;
    expect(registered?.converters[source] === undefined ? null : registered.schemaId).toBe(schema);
  }
});

test('a code stands for the one data type that comes with it', () => {
  expect(dataTypeOfCode('omh:heart-rate:2.0')?.name).toBe('heart_rate');
  expect(dataTypeOfCode('omh:respiratory-rate:2.0')?.name).toBe('respiratory_rate');
  expect(dataTypeOfCode('omh:oxygen-saturation:2.0')?.name).toBe('oxygen_saturation');
  expect(dataTypeOfCode('ieee:physical-activity:1.0')?.name).toBe('physical_activity');
  expect(dataTypeOfCode('ieee:sleep-stage-summary:1.0')?.name).toBe('sleep_stage_summary');
  expect(dataTypeOfCode('omh:sleep-episode:1.1')).toBeUndefined();
});

test('a series leads to the data types that read it', () => {
  const namesOf = (series: string) => dataTypesOfSeries(series).map(({ name }) => name);
  expect(namesOf('resting_heart_rate')).toEqual(['heart_rate']);
  expect(namesOf('weight')).toEqual(['body_weight']);
  expect(namesOf('blood_pressure_diastolic')).toEqual(['blood_pressure']);
  expect(namesOf('running_speed')).toEqual(['speed']);
});

test.each([
  'latitude',
  'longitude',
  'elevation',
  'steps',
  'skin_temperature',
  'heart_rate_variability_rmssd',
  '',
])('nothing reads the series "%s"', (series) => {
  expect(dataTypesOfSeries(series)).toEqual([]);
});

test('only types that the reference converter knows come with their code unasked', () => {
  const core = dataTypes.filter(({ standing }) => standing === 'core').map(({ name }) => name);
  expect(core).toEqual([
    'heart_rate',
    'oxygen_saturation',
    'blood_glucose',
    'respiratory_rate',
    'body_weight',
    'body_height',
    'sleep_duration',
    'sleep_episode',
    'time_in_bed',
    'sleep_stage_summary',
    'physical_activity',
  ]);
});
