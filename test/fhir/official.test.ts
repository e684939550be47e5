import { describe, expect, it, test } from 'vitest';
import { renderOutcome, renderSearchset } from '../../src/fhir/bundle.js';
import { renderCapabilityStatement } from '../../src/fhir/capability.js';
import { renderDevice, renderGroup, renderPatient } from '../../src/fhir/directory.js';
import { dataPointOf, renderObservation } from '../../src/fhir/observation.js';
import { renderObservationR4 } from '../../src/fhir/r4/observation.js';
import { dataTypes } from '../../src/omh/registry.js';
import { loadSchemaValidation } from '../../src/schema-validation.js';
import { problemsOf } from './official.js';
import { rows } from './rows.js';

const validation = loadSchemaValidation();
const statuses = ['final', 'amended', 'entered-in-error'] as const;

test('every data type is rendered here', () => {
  const rendered = new Set(rows.map(({ dataType }) => dataType));
  expect(dataTypes.map(({ name }) => name).filter((name) => !rendered.has(name))).toEqual([]);
});

describe.each(dataTypes.map(({ name }) => name))('%s', (name) => {
  const own = rows
    .filter(({ dataType }) => dataType === name)
    .flatMap((row) => statuses.map((status) => ({ ...row, status })));

  it('meets the definition of Observation in R5, and its attachment its own schemas', () => {
    for (const row of own) {
      const resource = renderObservation(row);
      expect(problemsOf('R5', resource)).toEqual([]);
      const attached: unknown = JSON.parse(Buffer.from(resource.valueAttachment.data, 'base64').toString());
      expect(attached).toEqual(dataPointOf(row));
      expect(validation.problemsOf(dataPointOf(row))).toEqual([]);
    }
  });

  it('meets the definition of Observation in R4', () => {
    for (const row of own) expect(problemsOf('R4', renderObservationR4(row))).toEqual([]);
  });

  it('renders alike every time', () => {
    for (const row of own) {
      expect(JSON.stringify(renderObservationR4({ ...row }))).toBe(JSON.stringify(renderObservationR4(row)));
      expect(JSON.stringify(renderObservation({ ...row }))).toBe(JSON.stringify(renderObservation(row)));
    }
  });
});

const changed = { updatedUtc: '2026-11-21T21:36:39.544174Z' };
const patient = {
  ...changed,
  ...{
    id: 40001,
    nameFamily: 'Morris',
    nameGiven: 'Peter',
    birthDate: '1994-06-25',
    phone: '+1-555',
    email: 'p@e.org',
  },
  identifiers: [{ system: 'urn:oid:1.2.3.4', value: 'E1234' }],
};
const named = { ...changed, id: 30001, name: 'Lifespan Study' };
const site = { siteUrl: 'https://exchange.example.org', version: '1.0.0' };
const page = {
  total: 2,
  self: `${site.siteUrl}/FHIR/R5/Patient`,
  next: `${site.siteUrl}/FHIR/R5/Patient?_page=x`,
};
const directory = [
  renderPatient(patient),
  renderPatient({ ...patient, nameFamily: '', nameGiven: '', birthDate: null, phone: null, identifiers: [] }),
  renderGroup(named),
  renderDevice(named),
];

test.each([
  ...directory.map((resource) => ['R5', resource] as const),
  ['R5', renderOutcome('The request could not be read.')],
  ['R4', renderOutcome('The request could not be read.')],
  ['R5', renderSearchset({ ...page, resources: directory })],
  ['R4', renderSearchset({ ...page, resources: rows.slice(0, 3).map(renderObservationR4) })],
  ['R5', renderSearchset({ ...page, total: null, resources: [] })],
  ['R5', renderCapabilityStatement({ release: 'R5', ...site })],
  ['R4', renderCapabilityStatement({ release: 'R4', ...site })],
] as const)('%s: a resource that is no observation', (release, resource) => {
  expect(problemsOf(release, resource)).toEqual([]);
});

describe('the definitions tell', () => {
  const [row] = rows;
  if (row === undefined) throw new Error('there are no rows');
  const r5 = renderObservation(row);
  const r4 = renderObservationR4(row);

  it.each([
    ['R5', { ...r5, status: 'measured' }],
    ['R5', { ...r5, code: undefined }],
    ['R5', { ...r5, effective: 'now' }],
    ['R5', { ...r5, effectiveDateTime: '2026-13-01' }],
    ['R5', { ...r5, subject: { reference: 40001 } }],
    ['R5', { ...r5, device: [] }],
    ['R5', { ...renderGroup(named), type: { coding: [] } }],
    ['R4', { ...r4, status: 'measured' }],
    ['R4', { ...r4, valueAttachment: r5.valueAttachment }],
    ['R4', { ...r4, effectiveDateTime: '2026-13-01' }],
    ['R4', { ...r4, category: 'vital-signs' }],
    ['R5', renderSearchset({ ...page, resources: [{ ...r5, status: 'measured' }] })],
  ] as const)('%s: %j', (release, broken) => {
    expect(problemsOf(release, broken)).not.toEqual([]);
  });
});
