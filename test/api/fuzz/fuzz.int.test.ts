import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hashToken, newToken } from '../../../src/auth/tokens.js';
import { documentOf } from '../../../src/api/openapi/routes.js';
import { createAccessToken } from '../../../src/db/access-tokens.js';
import { findUserIdByEmail } from '../../../src/db/users.js';
import { attachDataSource } from '../../../src/db/studies.js';
import { putObservation } from '../../helpers/observations.js';
import { hoursAgo } from '../../helpers/samples.js';
import { startTestWorld, type TestWorld } from '../../helpers/test-world.js';
import { judgeOf } from './judge.js';
import { type Call, callsOf } from './requests.js';

const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 20_000);
/** So many at once, as from clients that know nothing of each other. */
const AT_ONCE = 10;
const CALLERS = [
  'admin@example.com',
  'manager_mary@example.com',
  'member_megan@example.com',
  'viewer_victor@example.com',
  'manager_mark@example.com',
  'll_patient_peter@example.com',
  'npl_patient_percy@example.com',
];

let world: TestWorld;
const tokens: (string | null)[] = [null, 'A'.repeat(43)];
beforeAll(async () => {
  world = await startTestWorld();
  const { sql } = world.app;
  for (const email of CALLERS) {
    const token = newToken();
    const userId = (await findUserIdByEmail(sql, email)) ?? 0;
    await createAccessToken(sql, {
      userId,
      name: 'fuzz',
      access: 'write',
      tokenHash: hashToken(token),
      validDays: 1,
    });
    tokens.push(token);
  }
  await attachDataSource(sql, 30001, 70004);
  for (const patientId of [40001, 40002]) {
    for (let hour = 1; hour <= 30; hour += 1) await putObservation(sql, { patientId, at: hoursAgo(hour) });
  }
});
afterAll(async () => {
  await world.close();
});

it(
  'whatever is asked, nothing fails, and every answer is what the document says',
  { timeout: 900_000 },
  async () => {
    const { server } = world.app;
    const document = documentOf(server, world.config.SITE_URL);
    const judge = judgeOf(document);
    const met = new Map<string, number>();
    const problemWith = async (call: Call) => {
      const { method, address, headers, body } = call;
      const answer = await server.request(address, {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
      });
      const name = `${method} ${call.operation}`;
      if (answer.ok) met.set(name, (met.get(name) ?? 0) + 1);
      const problem = await judge(call, answer);
      return problem === undefined ? [] : [`${method} ${address} ${problem}`];
    };
    const rounds = fc.array(callsOf(document, tokens), { minLength: AT_ONCE, maxLength: AT_ONCE });
    await fc.assert(
      fc.asyncProperty(rounds, async (calls) => {
        expect((await Promise.all(calls.map(problemWith))).flat()).toEqual([]);
      }),
      {
        numRuns: Math.ceil(REQUESTS / AT_ONCE),
        interruptAfterTimeLimit: 800_000,
        markInterruptAsFailure: true,
      },
    );
    // Requests that are all refused prove little: most operations are also carried out.
    const operations = Object.values(document.paths).flatMap((item) => Object.keys(item)).length;
    expect(met.size / operations).toBeGreaterThan(0.6);
  },
);
