import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hashToken, newToken } from '../../src/auth/tokens.js';
import { createPractitioner } from '../../src/db/accounts.js';
import { createClient } from '../../src/db/clients.js';
import { createDataSource } from '../../src/db/catalog.js';
import { issueInvitation } from '../../src/db/invitations.js';
import { createOrganization } from '../../src/db/organizations.js';
import { createPatient } from '../../src/db/patient-changes.js';
import { createStudy } from '../../src/db/study-records.js';
import { attachDataSource } from '../../src/db/studies.js';
import { enrolPatients } from '../../src/db/study-parts.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { Caller } from './caller.js';
import { callers, type Fresh } from './route-columns.js';
import { table } from './route-table.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const LAB = 20003;
const MARY = 10002;
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const emails: Partial<Record<(typeof callers)[number], string>> = {
  patient: 'll_patient_peter@example.com',
  'other patient': 'll_patient_pamela@example.com',
  viewer: 'viewer_victor@example.com',
  member: 'member_megan@example.com',
  manager: 'manager_mary@example.com',
  'other organization': 'manager_mark@example.com',
  superuser: 'admin@example.com',
};

let world: TestWorld;
let routes: string[];
const tokens = new Map<string, string>();
beforeAll(async () => {
  world = await startTestWorld();
  await world.app.settings.write('module.ow', 'false', null);
  for (const [caller, email] of Object.entries(emails))
    tokens.set(caller, await Caller.tokenOf(world, email));
  await attachDataSource(world.app.sql, 30001, 70001);
  // The accounts that `authorize` needs.
  for (const caller of ['patient', 'other patient'])
    await call('POST', '/api/v1/ow/users', caller, undefined);
  routes = world.app.server.openAPIRegistry.definitions.flatMap((definition) =>
    definition.type === 'route' && 'x-policy' in definition.route
      ? [`${definition.route.method.toUpperCase()} ${definition.route.path}`]
      : [],
  );
});
afterAll(async () => {
  await world.close();
});

it('every route of the API has a row, and every row a route', () => {
  expect(routes.length).toBeGreaterThan(80);
  expect(Object.keys(table).sort()).toEqual([...routes].sort());
});

describe('who may call', () => {
  it.each(Object.keys(table))('%s', async (route) => {
    const row = table[route];
    const [method = '', path = ''] = route.split(' ');
    const answers: number[] = [];
    for (const caller of callers) {
      const fresh = await made();
      answers.push((await call(method, row?.at?.(fresh) ?? path, caller, row?.body?.(fresh))).status);
    }
    expect(Object.fromEntries(callers.map((caller, index) => [caller, answers[index]]))).toEqual(
      Object.fromEntries(callers.map((caller, index) => [caller, row?.answers[index]])),
    );
  });

  it('a path by a method it does not have: nobody, and the answer says which it has', async () => {
    const known = new Map<string, Set<string>>();
    for (const route of routes) {
      const [method = '', path = ''] = route.split(' ');
      const shape = path.replace(/\{\w+\}/g, '7');
      known.set(shape, (known.get(shape) ?? new Set<string>()).add(method));
    }
    // Beside paths with an id, which take any last part, there are paths with a word there.
    const under = (path: string) => known.get(path.replace(/[^/]+$/, '7')) ?? new Set<string>();
    for (const [path, methods] of known) {
      for (const method of METHODS.filter((one) => !methods.has(one) && !under(path).has(one))) {
        for (const caller of ['anonymous', 'superuser']) {
          const answer = await call(method, path, caller, undefined);
          expect(answer.status, `${method} ${path} ${caller}`).toBe(405);
          expect(answer.headers.get('allow'), path).toContain([...methods][0]);
        }
      }
    }
  });

  it('a body is JSON only when it says so: every route that takes one refuses it as plain text', async () => {
    for (const route of takingBodies()) {
      const [method = '', path = ''] = route.split(' ');
      const row = table[route];
      const caller = callers[row?.answers.findLastIndex((status) => ![401, 403].includes(status)) ?? 0] ?? '';
      for (const type of ['text/plain', 'text/plain; charset=UTF-8', 'text/json', '']) {
        const fresh = await made();
        const answer = await send(row?.at?.(fresh) ?? path, {
          method,
          headers: { ...bearerOf(caller), 'content-type': type },
          body: new TextEncoder().encode(JSON.stringify(row?.body?.(fresh) ?? {})),
        });
        expect({ route, type, status: answer.status }).toEqual({ route, type, status: 415 });
      }
    }
  });

  it('a token that may only read changes nothing, whoever it is of', async () => {
    const token = newToken();
    await world.app.sql`
      insert into access_tokens (user_id, name, token_hash, expires_at, access)
      values (10001, 'reader', ${hashToken(token)}, now() + interval '1 hour', 'read')`;
    tokens.set('reader', token);
    for (const route of routes) {
      const [method = '', path = ''] = route.split(' ');
      const definition = table[route];
      if (definition?.answers[0] !== 401 || method === 'GET' || path.endsWith('/_search')) continue;
      const fresh = await made();
      const answer = await call(method, definition.at?.(fresh) ?? path, 'reader', definition.body?.(fresh));
      expect(answer.status, route).toBe(403);
    }
    expect((await call('GET', '/api/v1/users', 'reader', undefined)).status).toBe(200);
    expect((await call('POST', '/FHIR/R5/Patient/_search', 'reader', undefined)).status).toBe(200);
  });
});

/** Routes with a body; who signs it proves by the signature what it is. */
function takingBodies(): string[] {
  const taking = world.app.server.openAPIRegistry.definitions.flatMap((definition) =>
    definition.type === 'route' && definition.route.request?.body !== undefined
      ? [`${definition.route.method.toUpperCase()} ${definition.route.path}`]
      : [],
  );
  const sent = Object.keys(table).filter(
    (route) => table[route]?.body && route !== 'POST /api/v1/ow/webhooks',
  );
  return [...new Set([...taking, ...sent])];
}

function bearerOf(caller: string): Readonly<Record<string, string>> {
  const token = tokens.get(caller);
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

async function call(method: string, path: string, caller: string, body: unknown): Promise<Response> {
  return send(path, {
    method,
    headers: { ...bearerOf(caller), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function send(path: string, request: RequestInit): Promise<Response> {
  const answer = await fetch(new URL(path, world.config.SITE_URL), request);
  await answer.arrayBuffer();
  return answer;
}

/** Of everything one, of Lifespan Lab; the patient is in the study and was invited. */
async function made(): Promise<Fresh> {
  const { sql } = world.app;
  const word = newToken().toLowerCase();
  const fields = {
    nameFamily: 'Doe',
    nameGiven: 'Jan',
    birthDate: null,
    telecomPhone: null,
    identifiers: [],
  };
  const patient = await createPatient(sql, {
    ...fields,
    email: `${word}@patients.example`,
    organizationId: LAB,
  });
  if (typeof patient !== 'number') throw new Error('a fresh patient conflicts with another one');
  const { id: study } = await createStudy(sql, {
    organization: LAB,
    name: word,
    description: '-',
    iconUrl: null,
  });
  const { id: elsewhere } = await createStudy(sql, {
    ...{ organization: LAB, name: `${word} 2`, description: '-', iconUrl: null },
  });
  await enrolPatients(sql, elsewhere, [patient]);
  const { issued } = await issueInvitation(sql, {
    ...{ patientId: patient, clientId: 1, tokenHash: hashToken(newToken()), issuedBy: MARY, validDays: 7 },
    isMailed: false,
  });
  const practitioner = await createPractitioner(sql, {
    ...{ email: `${word}@staff.example`, nameFamily: 'Doe', nameGiven: 'Jo', organizationId: 20001 },
  });
  return {
    ...{ study, patient, word, practitioner: practitioner ?? 0, invitation: issued.id },
    organization: await createOrganization(sql, { name: word, type: 'team', partOf: LAB }, MARY),
    source: await createDataSource(sql, word, 'personal_device'),
    client: await createClient(sql, {
      name: word,
      clientId: word,
      invitationUrl: 'https://app.example/CODE',
    }),
  };
}
