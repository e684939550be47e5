import { hashToken, newToken } from '../src/auth/tokens.js';
import { createAuditTrail } from '../src/audit/trail.js';
import { verifyChain } from '../src/audit/verify.js';
import { createAccessToken } from '../src/db/access-tokens.js';
import { recordAuditEvents } from '../src/db/audit-events.js';
import { openReading } from '../src/db/reading.js';
import type { Sql } from '../src/db/sql.js';
import { serverAlone } from '../test/helpers/server-alone.js';
import { type Clinic, withClinic } from './clinic.js';
import { timesOf } from './measure.js';

const MEMBER_MEGAN = 10003;
const PETER = 40001;
/** One of the cheapest answers there are about a patient: what a record adds shows most. */
const PAGE = `/api/v1/patients/${PETER}`;
const ROUNDS = 1_500;
const CHAINED = 200_000;

/** What a record adds to an answer, and how fast the chain is checked. */
export async function benchAudit() {
  return withClinic({ patients: 20, days: 3, heartRatesADay: 3 }, measureAudit);
}

async function measureAudit({ sql, url }: Clinic) {
  const token = newToken();
  await createAccessToken(sql, {
    ...{ userId: MEMBER_MEGAN, name: 'bench', tokenHash: hashToken(token), validDays: 1, access: 'read' },
  });
  const reading = openReading(url, 4);
  const ways = { with: createAuditTrail(sql), without: { record: () => Promise.resolve(0) } };
  const servers = Object.entries(ways).map(([way, trail]) => {
    const { server } = serverAlone(sql, url, { RATE_LIMIT_FACTOR: '100000' }, reading, trail);
    return { way, server, milliseconds: new Array<number>() };
  });
  // In turn, so that a noisy moment hits both; the first ones warm up.
  for (let round = -100; round < ROUNDS; round += 1) {
    for (const { server, milliseconds } of servers) {
      const began = performance.now();
      const answer = await server.request(PAGE, { headers: { authorization: `Bearer ${token}` } });
      await answer.text();
      if (answer.status !== 200) throw new Error(`${PAGE} answered ${answer.status}`);
      if (round >= 0) milliseconds.push(performance.now() - began);
    }
  }
  await reading.close();
  const times = servers.map(({ milliseconds }) => timesOf(milliseconds));
  const [recorded = timesOf([]), unrecorded = timesOf([])] = times;
  const perSecond = await checkedPerSecond(sql);
  return {
    name: 'audit',
    unit: `ms of ${PAGE} with a record and without; events of the chain checked a second`,
    rates: {
      'with a record': recorded,
      'without a record': unrecorded,
      'events checked': { median: perSecond, p95: perSecond },
    },
    ratios: {
      'median with to without': recorded.median / unrecorded.median,
      'p95 with to without': recorded.p95 / unrecorded.p95,
    },
  };
}

async function checkedPerSecond(sql: Sql): Promise<number> {
  const event = {
    ...{ actor: { kind: 'practitioner', userId: MEMBER_MEGAN }, action: 'read patient', outcome: 'allowed' },
    ...{ why: 'GET /api/v1/patients/:id', patients: [PETER, PETER + 1], address: '2001:db8::1' },
  } as const;
  for (let made = 0; made < CHAINED; made += 1_000)
    await recordAuditEvents(sql, new Array(1_000).fill(event));
  const began = performance.now();
  const { events, broken } = await verifyChain(sql);
  if (broken !== null) throw new Error(`the chain is broken at ${broken.id}`);
  return Math.round((events * 1_000) / (performance.now() - began));
}
