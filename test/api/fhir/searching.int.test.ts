import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decide, OURA } from '../../helpers/connected-patient.js';
import { putObservation } from '../../helpers/observations.js';
import { hoursAgo } from '../../helpers/samples.js';
import { startTestWorld, type TestWorld } from '../../helpers/test-world.js';
import { attachDataSource } from '../../../src/db/studies.js';
import { Caller } from '../caller.js';

const PETER = 40001;
const PAMELA = 40002;
const FORM = 'application/x-www-form-urlencoded';

let world: TestWorld;
let megan: Caller;
/** Newest first: every third one is Pamela's. */
const put: number[] = [];
beforeAll(async () => {
  world = await startTestWorld();
  megan = await Caller.of(world, 'member_megan@example.com');
  await attachDataSource(world.app.sql, 30001, OURA.dataSourceId);
  for (let nth = 0; nth < 7; nth += 1) {
    put.push(
      await putObservation(world.app.sql, {
        patientId: nth % 3 === 2 ? PAMELA : PETER,
        at: hoursAgo(nth + 1),
      }),
    );
  }
});
afterAll(async () => {
  await world.close();
});

const bundle = z.object({
  total: z.number().optional(),
  entry: z.array(z.object({ resource: z.object({ id: z.string() }).loose() })),
  link: z.array(z.object({ relation: z.string(), url: z.string() })),
});

async function page(address: string) {
  const answer = await megan.get(address);
  expect(answer.status, address).toBe(200);
  const { entry, link, total } = bundle.parse(answer.body);
  const url = (relation: string) => link.find((each) => each.relation === relation)?.url;
  return {
    ids: entry.map(({ resource }) => Number(resource.id)),
    relations: link.map(({ relation }) => relation),
    total,
    ...{ self: url('self'), previous: url('previous'), next: url('next') },
  };
}
type Page = Awaited<ReturnType<typeof page>>;

/** Follows one kind of link to its end. */
async function followed(from: Page, relation: 'previous' | 'next'): Promise<Page[]> {
  const address = from[relation];
  if (address === undefined) return [];
  const there = await page(address);
  return [there, ...(await followed(there, relation))];
}

describe.each(['/FHIR/R5', '/FHIR/R4'])('links of %s', (base) => {
  it.each(['-date', 'date', '-_lastUpdated', '_lastUpdated'])(
    'by %s: back from the last page are the same pages, in the same order',
    async (sort) => {
      const first = await page(`${base}/Observation?_count=2&_sort=${sort}`);
      const forth = [first, ...(await followed(first, 'next'))];
      const all = sort.startsWith('-') ? put : put.toReversed();
      const expected = sort.endsWith('date') ? all : forth.flatMap(({ ids }) => ids);
      expect(forth.map(({ ids }) => ids)).toEqual([
        ...[expected.slice(0, 2), expected.slice(2, 4), expected.slice(4, 6), expected.slice(6)],
      ]);
      expect(forth.map(({ relations }) => relations.join())).toEqual([
        ...['self,next', 'self,previous,next', 'self,previous,next', 'self,previous'],
      ]);
      const back = await followed(forth[3] ?? first, 'previous');
      expect(back.map(({ ids }) => ids)).toEqual(
        forth
          .slice(0, 3)
          .toReversed()
          .map(({ ids }) => ids),
      );
      expect(back.map(({ total }) => total)).toEqual([7, 7, 7]);
      expect(back.at(-1)?.relations).toEqual(['self', 'next']);
      const again = await followed(back.at(-1) ?? first, 'next');
      expect(again.map(({ ids }) => ids)).toEqual(forth.slice(1).map(({ ids }) => ids));
    },
  );
});

it('a page before shows what arrived in between, and not what was withdrawn', async () => {
  const first = await page('/FHIR/R5/Observation?_count=3');
  const second = await page(first.next ?? '');
  await decide(world.app.sql, PAMELA, 'stopped');
  const late = await putObservation(world.app.sql, { patientId: PETER, at: hoursAgo(2.5) });
  const before = await page(second.previous ?? '');
  expect(before.ids).toEqual([put[0], put[1], late]);
  expect(before.relations).toEqual(['self', 'next']);
  await world.app.sql`delete from observations where id = ${late}`;
  await decide(world.app.sql, PAMELA, 'agreed');
});

it('a page that no link names is refused', async () => {
  const text = (parts: unknown) => Buffer.from(JSON.stringify(parts)).toString('base64url');
  for (const parts of [['2026-01-01T00:00:00.000000Z', 1, null, 'behind'], ['x', 1, null], [1], 7]) {
    expect((await megan.get(`/FHIR/R5/Observation?_page=${text(parts)}`)).status).toBe(400);
  }
});

describe('a search by form', () => {
  const posted = async (path: string, form: string, type = FORM) => megan.post(path, form, type);

  it.each([
    '/FHIR/R5/Observation',
    '/FHIR/R4/Observation',
    '/FHIR/R5/Patient',
    '/FHIR/R5/Group',
    '/FHIR/R5/Device',
  ])('of %s is the same as by address, links included', async (path) => {
    for (const query of [
      '',
      '_count=1',
      '_id=40001,30001,70004',
      '_lastUpdated=ge2026-01-01&_lastUpdated=lt2999',
    ]) {
      const [byForm, byAddress] = [
        await posted(`${path}/_search`, query),
        await megan.get(`${path}?${query}`),
      ];
      expect([byForm.status, byAddress.status], query).toEqual([200, 200]);
      expect(bundle.parse(byForm.body).entry).toEqual(bundle.parse(byAddress.body).entry);
      const names = (answer: unknown) =>
        bundle.parse(answer).link.map(({ relation, url }) => [relation, decodeURIComponent(url)]);
      expect(names(byForm.body)).toEqual(names(byAddress.body));
    }
  });

  it('narrows down by what the form and the address name together', async () => {
    const of = async (path: string, form: string) =>
      bundle.parse((await posted(path, form)).body).entry.map(({ resource }) => Number(resource.id));
    const pamelas = put.filter((_, nth) => nth % 3 === 2);
    expect(await of('/FHIR/R5/Observation/_search', 'patient=Patient/40002')).toEqual(pamelas);
    expect(await of('/FHIR/R5/Observation/_search?patient=40002', '_count=1')).toEqual(pamelas.slice(0, 1));
    expect(await of('/FHIR/R5/Observation/_search', 'code=omh:blood-pressure:4.0')).toEqual([]);
  });

  it('is refused as a search by address is, and of another media type', async () => {
    expect((await posted('/FHIR/R5/Observation/_search', 'patient=40003')).status).toBe(403);
    expect((await posted('/FHIR/R5/Observation/_search', 'patient=x')).status).toBe(422);
    expect((await posted('/FHIR/R5/Observation/_search', 'date=yesterday')).status).toBe(400);
    expect((await posted('/FHIR/R5/Observation/_search', 'identifier=%00')).status).toBe(400);
    expect(
      (await posted('/FHIR/R5/Observation/_search', '{"patient":"40002"}', 'application/json')).status,
    ).toBe(415);
    expect((await posted('/FHIR/R5/Observation/_search', '')).status).toBe(200);
  });
});

describe('when a patient, a study and a data source last changed', () => {
  const changed = z.object({
    meta: z.object({ lastUpdated: z.string().regex(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{6}Z$/) }),
  });

  it.each([
    ['Patient', 40001, 'patients'],
    ['Group', 30001, 'studies'],
    ['Device', 70004, 'data_sources'],
  ] as const)('stands in meta of %s, and is searched for', async (type, id, table) => {
    const { sql } = world.app;
    await sql`update ${sql(table)} set updated_at = '2026-03-04T05:06:07.123456Z' where id = ${id}`;
    const { body } = await megan.get(`/FHIR/R5/${type}/${id}`);
    expect(changed.parse(body).meta.lastUpdated).toBe('2026-03-04T05:06:07.123456Z');
    expect((await page(`/FHIR/R5/${type}?_lastUpdated=2026-03-04`)).ids).toEqual([id]);
    expect((await page(`/FHIR/R5/${type}?_lastUpdated=gt2026-03-04`)).ids).not.toContain(id);
    expect((await page(`/FHIR/R5/${type}?_lastUpdated=lt2026-03-04T05:06:07Z`)).ids).toEqual([]);
  });
});

it.each(['Patient', 'Group'])('%s: links lead forth and back through all of them, by name', async (type) => {
  const first = await page(`/FHIR/R5/${type}?_count=1`);
  const forth = [first, ...(await followed(first, 'next'))];
  expect(forth.length).toBeGreaterThan(1);
  const back = await followed(forth.at(-1) ?? first, 'previous');
  expect(back.map(({ ids }) => ids)).toEqual(
    forth
      .slice(0, -1)
      .toReversed()
      .map(({ ids }) => ids),
  );
  expect(back.at(-1)?.previous).toBeUndefined();
});
