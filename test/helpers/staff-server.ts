import { hashToken, newToken } from '../../src/auth/tokens.js';
import { createSession } from '../../src/db/sessions.js';
import type { Sql } from '../../src/db/sql.js';
import { SEEDED_HASH } from './database.js';
import { serverAlone } from './server-alone.js';
import { type Statement, statementsOf } from './statements.js';

const MEMBER_MEGAN = 10003;

/** What the server took for each of some requests, and the statements it sent for them. */
export interface Served {
  readonly milliseconds: readonly number[];
  readonly statements: readonly Statement[];
}

/** The staff pages over a database alone, for a member of the clinic: no Temporal, no Open Wearables, no network. */
export async function staffServer(sql: Sql, url: string) {
  const { server, config, reading } = serverAlone(sql, url);
  const id = newToken();
  const csrf = newToken();
  await createSession(sql, {
    ...{ idHash: hashToken(id), userId: MEMBER_MEGAN, csrf, lifetimeMinutes: 60 },
    passwordHash: SEEDED_HASH,
  });
  const headers = { cookie: `session=${id}`, origin: config.SITE_URL };

  /** Asks for these addresses in turn, so many times. */
  async function serve(rounds: number, addresses: readonly string[]): Promise<Served> {
    const milliseconds: number[] = [];
    const statements = await statementsOf([sql, reading.sql], async () => {
      for (let round = 0; round < rounds; round += 1) {
        const address = addresses[round % addresses.length] ?? '';
        const began = performance.now();
        const answer = await server.request(address, requestOf(address));
        await answer.text();
        milliseconds.push(performance.now() - began);
        if (answer.status !== 200) throw new Error(`${address} answered ${answer.status}`);
      }
    });
    return { milliseconds, statements };
  }

  /** A search is posted; what it looks for stands after a #. */
  function requestOf(address: string): RequestInit {
    const [, text] = address.split('#');
    return text === undefined
      ? { headers }
      : { headers, method: 'POST', body: new URLSearchParams({ csrf, text }) };
  }
  const routes = server.routes.filter(({ method }) => method === 'GET').map(({ path }) => path);
  return { serve, routes, close: () => reading.close() };
}

/** The lists and pages of the staff, by name, with addresses of several patients each. */
export function staffPages(
  studyId: number,
  patientIds: readonly number[],
): Readonly<Record<string, readonly string[]>> {
  const some = patientIds.filter((_, index) => index % 37 === 3).slice(0, 20);
  const of = (rest: string) => some.map((id) => `/admin/patients/${id}${rest}`);
  const middle = patientIds[Math.floor(patientIds.length / 2)] ?? 0;
  return {
    patients: ['/admin/patients'],
    'patients, a later page': [`/admin/patients?after=5~${middle}`, `/admin/patients?after=9~${middle}`],
    'patients, filtered': [`/admin/patients?show=look`, `/admin/patients?study=${studyId}&show=arriving`],
    'patients, searched': ['/admin/patients/search#Wilhelmina', '/admin/patients/search#patient_17@'],
    attention: ['/admin/attention'],
    'attention, a later page': [
      `/admin/attention?after=lost/${middle}`,
      `/admin/attention?after=silent/${middle}`,
    ],
    studies: ['/admin/studies'],
    study: [`/admin/studies/${studyId}`],
    invitations: ['/admin/invitations', '/admin/invitations?status=issued'],
    patient: of(''),
    'patient, 180 days': of('?days=180&range=quarter'),
    observations: of('/observations'),
    'observations, deep': of(`/observations?after=${encodeURIComponent('2026-10-01T00:00:00.000000Z~1')}`),
    'observations of a kind': of('/observations?code=omh%3Aoxygen-saturation%3A2.0'),
    days: of('/days'),
    'days, a later page': of('/days?before=2026-10-01'),
    consents: of('/consents'),
    figures: of('/figures?type=heart_rate&range=quarter'),
    points: of('/points.json?type=heart_rate&range=quarter'),
    'points, the page': of('/points?type=heart_rate'),
    tokens: ['/admin/tokens'],
    account: ['/admin/account'],
    'a new patient': ['/admin/patients/new'],
    'a new study': ['/admin/studies/new'],
  };
}
