import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dataTypes } from '../../src/omh/registry.js';
import { isRejected } from '../../src/omh/convert.js';
import { convertRecords, fedBy } from '../../src/raw-payloads/convert-records.js';
import { identify } from '../../src/raw-payloads/identify.js';
import { recordsOf } from '../../src/raw-payloads/records.js';
import type { DescribedObject } from '../../src/raw-payloads/storage.js';

const FOLDER = new URL('../fixtures/open-wearables/raw/', import.meta.url);

const shape = z.object({
  ...{ key: z.string(), etag: z.string(), size: z.number(), last_modified: z.string() },
  ...{ metadata: z.record(z.string(), z.string()), body: z.unknown() },
});

const recorded = readdirSync(FOLDER).map((name) => {
  const object = shape.parse(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')));
  const { key, etag, size, metadata, body } = object;
  const described = { key, etag, size, metadata, modifiedAt: new Date(object.last_modified) };
  return { name, described, body };
});

const OWNER = '2b2723af-3999-4e77-b72b-4fc46fb66bf3';
const PATIENT = { subject: '7c1f0a52-3f0e-4a57-9d43-0d6f1f6b2c11', timeZone: 'Europe/Berlin' };

function told(changes: Partial<DescribedObject>): DescribedObject {
  const metadata = { trace_id: '/v2/usercollection/sleep', timestamp: '2026-11-21T23:38:34.641431+00:00' };
  return {
    key: 'k',
    etag: 'e',
    size: 10,
    modifiedAt: new Date('2026-11-21T23:38:35Z'),
    metadata,
    ...changes,
  };
}

const answers = recorded.filter(({ name }) => name.startsWith('api_response'));

describe.each(answers)('the recorded object $name', ({ name, described, body }) => {
  const endpoint = /api_response-(.*?)(-with-next)?\.json/.exec(name)?.[1] ?? '';

  it('tells its endpoint and when it was fetched', () => {
    const fetchedAt = described.metadata['timestamp']?.replace('+00:00', 'Z');
    expect(identify(described, OWNER)).toEqual({ endpoint, fetchedAt });
  });

  it('is converted, every record of it', () => {
    const records = recordsOf(JSON.stringify(body));
    if ('failed' in records) throw new Error('the recording has no records');
    const types = fedBy(endpoint, dataTypes);
    const attempts = convertRecords(records, endpoint, types, PATIENT);
    expect(attempts.filter(({ outcome }) => isRejected(outcome))).toEqual([]);
    expect(attempts.length).toBeGreaterThanOrEqual(records.length * types.length);
  });
});

it('the recorded ping of a webhook is no answer of an endpoint', () => {
  const ping = recorded.find(({ name }) => name === 'webhook-ping.json');
  expect(ping && identify(ping.described, OWNER)).toEqual({ failed: 'EndpointUnknown' });
});

it('an object in the folder of somebody else or of another vendor is not read', () => {
  const { metadata } = told({});
  expect(identify(told({ metadata: { ...metadata, user_id: 'another' } }), OWNER)).toEqual({
    failed: 'Misplaced',
  });
  expect(identify(told({ metadata: { ...metadata, provider: 'garmin' } }), OWNER)).toEqual({
    failed: 'Misplaced',
  });
  expect(identify(told({ size: 10 * 1024 * 1024 + 1 }), OWNER)).toEqual({ failed: 'TooLarge' });
  expect(identify(told({}), OWNER)).toEqual({ endpoint: 'sleep', fetchedAt: '2026-11-21T23:38:34.641431Z' });
});

it('an object that does not tell when it was fetched counts from when it was written', () => {
  const metadata = { trace_id: '/v2/usercollection/sleep', timestamp: 'yesterday' };
  expect(identify(told({ metadata }), OWNER)).toEqual({
    endpoint: 'sleep',
    fetchedAt: '2026-11-21T23:38:35.000Z',
  });
});

it.each([
  ['{"data": [1, 2], "next_token": null}', [1, 2]],
  ['{"data": [], "next_token": null}', []],
  ['{"id": "a", "day": "2026-11-21"}', [{ id: 'a', day: '2026-11-21' }]],
  ['{"data": null}', [{ data: null }]],
  ['[1]', { failed: 'NotRecords' }],
  ['null', { failed: 'NotRecords' }],
  ['{"data": [', { failed: 'NotJson' }],
  ['', { failed: 'NotJson' }],
])('the records of %s', (text, records) => {
  expect(recordsOf(text)).toEqual(records);
});
