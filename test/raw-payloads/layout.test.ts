import { expect, it } from 'vitest';
import { dayAfter, dayFolder, daysThrough, endpointOf } from '../../src/raw-payloads/layout.js';

it('the folder of a user is no beginning of another user’s folder', () => {
  expect(dayFolder('raw-payloads/oura/api_response', '2026-11-21', 'abc')).toBe(
    'raw-payloads/oura/api_response/2026-11-21/abc/',
  );
  expect(dayFolder('raw-payloads/oura/api_response/', '2026-11-21', 'abc')).toBe(
    'raw-payloads/oura/api_response/2026-11-21/abc/',
  );
});

it.each([
  ['/v2/usercollection/heartrate', 'heartrate'],
  ['/v2/usercollection/vO2_max', 'vO2_max'],
  ['/v2/usercollection/sleep/4feea373-112b-4c00-8996-1c8a45fc8402', 'sleep'],
  ['f7efafb8', undefined],
  ['/v2/usercollection/', undefined],
  ['/v1/usercollection/sleep', undefined],
  ['/v2/usercollection/sl eep', undefined],
  [undefined, undefined],
])('the trace %s names the endpoint %s', (traceId, endpoint) => {
  expect(endpointOf(traceId)).toBe(endpoint);
});

it('days follow each other over the ends of months and years', () => {
  expect([...daysThrough('2027-12-30', '2028-01-02')]).toEqual([
    '2027-12-30',
    '2027-12-31',
    '2028-01-01',
    '2028-01-02',
  ]);
  expect([...daysThrough('2026-11-22', '2026-11-21')]).toEqual([]);
  expect(dayAfter('2028-03-01', -1)).toBe('2028-02-29');
});
