import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
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
  for (const [name, email] of Object.entries(emails)) callers.set(name, await Caller.of(world, email));
});
afterAll(async () => {
  await world.close();
});

const nothing = z.null();
const heartRate = { codingSystem: 'https://w3id.org/openmhealth', codingCode: 'omh:heart-rate:2.0' };
const bloodPressure = { ...heartRate, codingCode: 'omh:blood-pressure:4.0' };
const answer = (studyId: number, scope: typeof heartRate, consented: boolean) => ({
  studyScopeConsents: [{ studyId, scopeConsents: [{ ...scope, consented }] }],
});
const bare = z.strictObject({ id: z.int(), name: z.string(), type: z.string() });

// In this order: later lines build on what earlier ones made.
it.each<[who: Who, method: string, path: string, body: unknown, status: number, answer: z.ZodType]>([
  ['peter', 'POST', 'patients/40001/consents', answer(30002, bloodPressure, true), 201, shapes.consentRows],
  ['peter', 'PATCH', 'patients/40001/consents', answer(30002, bloodPressure, false), 200, shapes.consentRows],
  ['peter', 'PATCH', 'patients/40001/consents', answer(30001, heartRate, false), 200, shapes.consentRows],
  [
    ...(['peter', 'POST', 'patients/40001/consents', { studyScopeConsents: [] }, 201] as const),
    z.strictObject({ studyScopeConsents: z.tuple([]) }),
  ],
  ['peter', 'DELETE', 'patients/40001/consents', answer(30002, bloodPressure, false), 204, nothing],
  [
    ...([
      'mary',
      'POST',
      'patients',
      { organizationId: 20003, telecomEmail: 'jan@example.org' },
      201,
    ] as const),
    shapes.patient,
  ],
  ['mary', 'PATCH', 'patients/40001?organization_id=20003', { nameGiven: 'Pete' }, 200, shapes.patient],
  ['mary', 'POST', 'invitation', { patient_id: 40001, client_id: 6 }, 201, shapes.issued],
  [
    ...([
      'mary',
      'POST',
      'organizations',
      { name: 'Rings', type: 'laboratory', partOf: 20003 },
      201,
    ] as const),
    shapes.organization.extend({ currentUserRole: z.literal('manager'), partOf: z.literal(20003) }),
  ],
  ['mary', 'PATCH', 'organizations/20003', { name: 'Lab' }, 200, shapes.organization],
  [
    ...(['mary', 'POST', 'organizations/20002/user'] as const),
    ...([{ jheUserId: 10003, organizationPartitionerRole: 'viewer' }, 201] as const),
    shapes.membership,
  ],
  [
    ...(['mary', 'POST', 'organizations/20002/user'] as const),
    ...([{ jheUserId: 10003, organizationPartitionerRole: 'member' }, 200] as const),
    shapes.membership,
  ],
  ['mary', 'DELETE', 'organizations/20002/remove_user', { jheUserId: 10003 }, 204, nothing],
  [
    ...(['mary', 'POST', 'studies', { organization: 20003, name: 'N', description: 'D' }, 201] as const),
    shapes.writtenStudy,
  ],
  ['mary', 'PATCH', 'studies/30001', { name: 'M' }, 200, shapes.writtenStudy],
  ['mary', 'PUT', 'studies/30001', { name: 'M', description: 'D' }, 200, shapes.writtenStudy],
  ['mary', 'DELETE', 'studies/30002/patients', { patientIds: [40002] }, 204, nothing],
  ['mary', 'POST', 'studies/30002/patients', { patientIds: [40002] }, 201, shapes.studyPatients],
  ['mary', 'POST', 'studies/30001/scope_requests', { scopeCodeId: 50005 }, 201, shapes.scopeRequest],
  ['mary', 'DELETE', 'studies/30001/scope_requests', { scopeCodeId: 50005 }, 204, nothing],
  ['mary', 'POST', 'studies/30001/data_sources', { dataSourceId: 70004 }, 201, nothing],
  ['mary', 'DELETE', 'studies/30001/data_sources', { dataSourceId: 70004 }, 204, nothing],
  ['mary', 'POST', 'studies/30001/clients', { client_id: 6 }, 201, nothing],
  ['mary', 'DELETE', 'studies/30001/clients', { clientId: 6 }, 204, nothing],
  ['admin', 'POST', 'data_sources', { name: 'Ring' }, 201, shapes.dataSource],
  ['admin', 'PATCH', 'data_sources/70004', { name: 'Oura Ring' }, 200, shapes.dataSource],
  [
    ...(['admin', 'POST', 'data_sources/70004/supported_scopes', { scopeCodeId: 50002 }, 201] as const),
    z.strictObject({ id: z.int(), dataSource: bare, scopeCode: shapes.scope }),
  ],
  ['admin', 'DELETE', 'data_sources/70004/supported_scopes', { scopeCodeId: 50002 }, 204, nothing],
  [
    ...(['admin', 'POST', 'clients'] as const),
    ...([{ name: 'C', clientId: 'c', invitationUrl: 'https://c.example/CODE' }, 201] as const),
    shapes.client,
  ],
  ['admin', 'PATCH', 'clients/6', { name: 'OW' }, 200, shapes.client],
  [
    ...(['admin', 'POST', 'clients/6/data_sources', { dataSourceId: 70004 }, 201] as const),
    z.strictObject({ id: z.int(), client_id: z.literal('6'), dataSourceId: z.literal(70004) }),
  ],
  ['admin', 'DELETE', 'clients/6/data_sources', { dataSourceId: 70004 }, 204, nothing],
  [
    ...(['admin', 'POST', 'practitioners'] as const),
    {
      ...{ telecomEmail: 'new@example.org', nameFamily: 'New', nameGiven: 'Nan', organizationId: 20003 },
    },
    ...([201, shapes.practitioner] as const),
  ],
])('%s, %s %s: exactly what the original tells', async (who, method, path, body, status, shape) => {
  const given = await callers.get(who)?.send(method, `/api/v1/${path}`, body);
  expect(given).toMatchObject({ status });
  expect(shape.safeParse(given?.body).error?.issues ?? []).toEqual([]);
});
