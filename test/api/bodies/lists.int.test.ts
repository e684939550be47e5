import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { attachDataSource } from '../../../src/db/studies.js';
import { OURA } from '../../helpers/connected-patient.js';
import { putObservation } from '../../helpers/observations.js';
import { hoursAgo } from '../../helpers/samples.js';
import { startTestWorld, type TestWorld } from '../../helpers/test-world.js';
import { Caller } from '../caller.js';

let world: TestWorld;
let mary: Caller;
let admin: Caller;
beforeAll(async () => {
  world = await startTestWorld();
  mary = await Caller.of(world, 'manager_mary@example.com');
  admin = await Caller.of(world, 'admin@example.com');
  await attachDataSource(world.app.sql, 30001, OURA.dataSourceId);
  for (const hours of [1, 2, 3])
    await putObservation(world.app.sql, { patientId: 40001, at: hoursAgo(hours) });
  for (const patientId of [40001, 40002]) await mary.post('/api/v1/invitation', { patientId, clientId: 6 });
});
afterAll(async () => {
  await world.close();
});

const envelope = z.strictObject({
  ...{ count: z.int(), next: z.url().nullable(), previous: z.url().nullable() },
  results: z.array(z.looseObject({ id: z.int() })),
});
/** Of settings, users and practitioners only a superuser reads a list. */
const read = async (path: string) => {
  const answer = await (/users|settings|practitioners/.test(path) ? admin : mary).get(path);
  expect(answer.status, path).toBe(200);
  return envelope.parse(answer.body);
};
const idsOf = ({ results }: z.infer<typeof envelope>) => results.map(({ id }) => id);

describe.each([
  'users',
  'organizations',
  'patients',
  'studies',
  'studies/30001/patients',
  'observations',
  'data_sources',
])('the list of %s', (name) => {
  const path = `/api/v1/${name}`;

  it('leads from page to page and back, in either spelling of the size', async () => {
    const whole = await read(path);
    expect(whole).toMatchObject({ next: null, previous: null, count: whole.results.length });
    for (const size of ['page_size', 'pageSize']) {
      const seen: number[] = [];
      let address: string | null = `${path}?${size}=1&unknown=x`;
      let before: string | null = null;
      while (address !== null) {
        const page: z.infer<typeof envelope> = await read(address);
        expect(page.count).toBe(whole.count);
        expect(page.results).toHaveLength(1);
        expect(page.previous === null).toBe(before === null);
        if (page.previous !== null) expect(idsOf(await read(page.previous))).toEqual(seen.slice(-1));
        if (page.next !== null) {
          expect(page.next.startsWith(`${world.config.SITE_URL}${path}?`)).toBe(true);
          expect(Object.fromEntries(new URL(page.next).searchParams)).toMatchObject({
            [size]: '1',
            unknown: 'x',
          });
        }
        seen.push(...idsOf(page));
        [before, address] = [address, page.next];
      }
      expect(seen).toEqual(idsOf(whole));
      expect(seen.length).toBeGreaterThan(1);
    }
  });

  it('takes whatever is no size for twenty, and too many for a thousand', async () => {
    for (const size of ['0', 'x', '-1', '', '2.5', '1001', '99999999']) {
      expect(idsOf(await read(`${path}?page_size=${size}`)), size).toEqual(idsOf(await read(path)));
    }
  });

  it('has no page beyond its end', async () => {
    for (const page of ['1000', '99999']) {
      const answer = await (name === 'users' ? admin : mary).get(`${path}?page=${page}`);
      expect([answer.status, answer.body], page).toEqual([404, { detail: 'Invalid page.' }]);
    }
    for (const page of ['0', 'x', '1.5']) {
      const answer = await (name === 'users' ? admin : mary).get(`${path}?page=${page}`);
      expect(answer.status, page).toBeGreaterThanOrEqual(400);
      expect(answer.body).toMatchObject({ detail: expect.any(String) as string });
    }
  });
});

it.each(['jhe_settings', 'clients', 'practitioners', 'invitation'])(
  'the short list of %s is one page, whatever size is asked for',
  async (name) => {
    const whole = await read(`/api/v1/${name}`);
    expect(whole.count).toBeGreaterThan(1);
    expect(whole).toMatchObject({ next: null, previous: null });
    expect(await read(`/api/v1/${name}?pageSize=1&page=1`)).toEqual(whole);
    const beyond = await (/settings|practitioners/.test(name) ? admin : mary).get(`/api/v1/${name}?page=2`);
    expect([beyond.status, beyond.body]).toEqual([404, { detail: 'Invalid page.' }]);
  },
);

it.each([
  ['patients?organization_id=20003', [40001, 40002]],
  ['patients?organizationId=20003', [40001, 40002]],
  ['patients?study_id=30001', [40001, 40002]],
  ['patients?studyId=30003', []],
  ['patients?organizationId=20004', []],
  ['patients?organizationId=99999', []],
  ['patients?patientId=40002', [40002]],
  ['patients?patient_identifier_value=E1234', [40001]],
  ['studies?organization_id=20003', [30002, 30001]],
  ['studies?organizationId=20004', []],
  ['observations?patient_id=40002', []],
  ['organizations?part_of=20001', [20002]],
  ['organizations?partOf=20002', [20003]],
])('%s', async (query, ids) => {
  expect(idsOf(await read(`/api/v1/${query}`))).toEqual(ids);
});
