import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { attachDataSource } from '../../../src/db/studies.js';
import { OURA } from '../../helpers/connected-patient.js';
import { putObservation } from '../../helpers/observations.js';
import { hoursAgo } from '../../helpers/samples.js';
import { startTestWorld, type TestWorld } from '../../helpers/test-world.js';
import { Caller } from '../caller.js';
import * as shapes from './shapes.js';

let world: TestWorld;
const callers = new Map<string, Caller>();
const emails = {
  mary: 'manager_mary@example.com',
  admin: 'admin@example.com',
  peter: 'll_patient_peter@example.com',
};
type Who = keyof typeof emails;
beforeAll(async () => {
  world = await startTestWorld();
  const { sql } = world.app;
  for (const [name, email] of Object.entries(emails)) callers.set(name, await Caller.of(world, email));
  await attachDataSource(sql, 30001, OURA.dataSourceId);
  await putObservation(sql, { patientId: 40001, at: hoursAgo(2) });
  const mary = callers.get('mary');
  await mary?.send('POST', '/api/v1/studies/30001/clients', { clientId: 6 });
  await mary?.send('POST', '/api/v1/studies/30001/scope_requests', { scopeCodeId: 50005 });
  await mary?.send('POST', '/api/v1/invitation', { patientId: 40001, clientId: 6 });
});
afterAll(async () => {
  await world.close();
});

const get = async (who: Who, path: string) => {
  const answer = await callers.get(who)?.get(`/api/v1/${path}`);
  expect(answer?.status, path).toBe(200);
  expect(answer?.headers.get('content-type')).toContain('application/json');
  return answer?.body;
};
const page = (row: z.ZodType) =>
  z.strictObject({
    ...{ count: z.int(), next: z.null(), previous: z.null(), results: z.array(row).min(1) },
  });

describe('exactly what the original tells', () => {
  it.each<[Who, string, z.ZodType]>([
    ['mary', 'users/profile', shapes.profileOfPractitioner],
    ['peter', 'users/profile', shapes.profileOfPatient],
    ['mary', 'users/organizations', z.array(shapes.organization).min(3)],
    ['mary', 'patients', page(shapes.patient)],
    ['mary', 'patients/40001', shapes.patient],
    ['peter', 'patients/40001', shapes.patient],
    ['peter', 'patients/me', shapes.patient],
    ['peter', 'patients/me/', shapes.patient],
    ['mary', 'patients/global_lookup?email=ll_patient_peter@example.com', z.tuple([shapes.patient])],
    ['mary', 'patients/global_lookup?email=nobody@example.com', z.tuple([])],
    ['mary', 'patients/40001/consents', shapes.consents],
    ['mary', 'patients/40001/consolidated_clients', z.array(shapes.consolidatedClient).min(1)],
    ['mary', 'organizations', page(shapes.organization)],
    ['mary', 'organizations/20003', shapes.organization],
    ['mary', 'organizations/0', shapes.organization],
    ['mary', 'organizations/0/tree', shapes.tree],
    ['mary', 'organizations/types', z.record(z.string(), z.string())],
    ['mary', 'organizations/20003/users', z.array(shapes.member).min(1)],
    ['mary', 'organizations/20003/studies', z.array(shapes.writtenStudy).min(2)],
    ['mary', 'studies', page(shapes.study)],
    ['mary', 'studies/30001', shapes.study],
    ['mary', 'studies/30001/patients', page(shapes.patient)],
    ['mary', 'studies/30001/scope_requests', z.array(shapes.scopeRequest).min(2)],
    ['mary', 'studies/30001/data_sources', z.array(shapes.studyDataSource).min(1)],
    ['mary', 'studies/30001/clients', z.array(shapes.studyClient).min(1)],
    ['mary', 'data_sources', page(shapes.dataSource)],
    ['mary', 'data_sources/70004', shapes.dataSource],
    ['mary', 'data_sources/all_scopes', z.array(shapes.scope).min(16)],
    [
      'mary',
      'data_sources/70004/supported_scopes',
      z
        .array(
          z.strictObject({
            id: z.int(),
            dataSource: z.looseObject({ id: z.literal(70004) }),
            scopeCode: shapes.scope,
          }),
        )
        .min(1),
    ],
    ['mary', 'clients', page(shapes.client)],
    ['mary', 'clients/6', shapes.client],
    ['mary', 'clients/6/data_sources', z.array(shapes.dataSource)],
    ['mary', 'invitation', page(shapes.invitation)],
    ['admin', 'jhe_settings', page(shapes.setting)],
    ['admin', 'jhe_settings/1', shapes.setting],
    ['admin', 'practitioners', page(shapes.practitioner)],
    ['mary', 'observations', page(shapes.observation)],
    [
      'peter',
      'ow/providers',
      z.array(z.looseObject({ provider: z.string(), iconUrl: z.url().nullable() })).min(3),
    ],
    [
      'mary',
      'patients/40001/wearable-status',
      z.strictObject({ connections: z.array(z.never()), connected: z.literal(false) }),
    ],
  ])('%s gets %s', async (who, path, shape) => {
    const { error } = shape.safeParse(await get(who, path));
    expect(error?.issues ?? []).toEqual([]);
  });

  it('values of the seed are those of the original', async () => {
    expect(await get('mary', 'users/profile')).toMatchObject({
      ...{ id: 10002, email: emails.mary, firstName: 'ManagerMary', lastName: 'Mayer', patient: null },
      ...{ userType: 'practitioner', isSuperuser: false },
    });
    expect(await get('mary', 'patients/40001')).toMatchObject({
      ...{ id: 40001, jheUserId: 10006, nameFamily: 'Morris', nameGiven: 'Peter', birthDate: '1994-06-25' },
      organizations: [
        {
          ...{ id: 20003, name: 'Lifespan Lab', type: 'laboratory', partOf: 20002 },
          ...{ currentUserRole: null, children: [] },
        },
      ],
    });
    expect(await get('mary', 'organizations/20003')).toEqual({
      ...{ id: 20003, name: 'Lifespan Lab', type: 'laboratory', partOf: 20002, currentUserRole: 'manager' },
      children: [],
    });
    expect(await get('admin', 'organizations/20003')).toMatchObject({ currentUserRole: 'super_user' });
    expect(await get('mary', 'organizations/0')).toMatchObject({ id: 0, type: 'root', partOf: null });
  });

  it('no key of an answer is in snake case but client_id and what a data point has inside', async () => {
    const inside = new Set(['omhData']);
    const odd = (value: unknown): string[] => {
      if (Array.isArray(value)) return value.flatMap(odd);
      if (typeof value !== 'object' || value === null) return [];
      return Object.entries(value).flatMap(([key, inner]) => [
        ...(key.includes('_') && key !== 'client_id' ? [key] : []),
        ...(inside.has(key) ? [] : odd(inner)),
      ]);
    };
    for (const path of [
      'patients',
      'patients/40001/consents',
      'studies/30001/clients',
      'invitation',
      'observations',
    ])
      expect(odd(await get('mary', path)), path).toEqual([]);
  });
});

it.each(['studies/', 'patients/', 'users/profile/', 'patients/40001/', 'organizations/'])(
  '%s has a slash too many',
  async (path) => {
    expect(await callers.get('mary')?.get(`/api/v1/${path}`)).toMatchObject({
      ...{ status: 404, body: { detail: 'Not found.' } },
    });
  },
);
