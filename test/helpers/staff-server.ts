import { Client, Connection } from '@temporalio/client';
import { hashToken, newToken } from '../../src/auth/tokens.js';
import { loadConfig } from '../../src/config.js';
import { createSession } from '../../src/db/sessions.js';
import type { Sql } from '../../src/db/sql.js';
import { createEvents } from '../../src/events.js';
import { createDeadLetters } from '../../src/dead-letters.js';
import { createHealth } from '../../src/health/health.js';
import { createLogger } from '../../src/logger.js';
import { createPost } from '../../src/mail/post.js';
import { createRuntimeSettings } from '../../src/runtime-settings.js';
import { createSchemaChecks } from '../../src/schema-checks.js';
import { createSecretBox } from '../../src/secret-box.js';
import { createServer } from '../../src/server.js';
import { createMetrics } from '../../src/telemetry.js';
import { createOrchestration } from '../../src/temporal/orchestration.js';
import { createOversight } from '../../src/temporal/oversight.js';
import { createUpstream } from '../../src/upstream.js';

const MEMBER_MEGAN = 10003;

/** What the server took for each of some requests, and the statements it sent for them. */
export interface Served {
  readonly milliseconds: readonly number[];
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly text: string;
  readonly parameters: unknown[];
}

/** The staff pages over a database alone, for a member of the clinic: no Temporal, no Open Wearables, no network. */
export async function staffServer(sql: Sql, url: string) {
  const config = loadConfig({
    DATABASE_URL: url,
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    SECRET_KEY: 'a key of this measurement and nothing else',
  });
  const metrics = createMetrics({ processMetrics: false });
  const events = createEvents(createLogger({ level: 'silent' }), metrics);
  const secretBox = createSecretBox(config.SECRET_KEY);
  const settings = createRuntimeSettings(sql, secretBox, config);
  const { openWearables } = createUpstream(settings, events);
  const client = new Client({ connection: Connection.lazy({ address: config.TEMPORAL_ADDRESS }) });
  const orchestration = {
    ...createOrchestration(client, config.TEMPORAL_TASK_QUEUE),
    backfillProgress: () => Promise.resolve(undefined),
  };
  const oversight = createOversight(client, config.TEMPORAL_TASK_QUEUE);
  const health = createHealth({ sql, settings, openWearables, orchestration, oversight });
  const post = createPost(config);
  const deadLetters = createDeadLetters({
    ...{ sql, settings, secretBox, events },
    schemaChecks: createSchemaChecks(),
  });
  const server = createServer({
    ...{
      deadLetters,
      post,
      config,
      sql,
      settings,
      orchestration,
      oversight,
      health,
      openWearables,
      events,
      metrics,
    },
  });
  const id = newToken();
  const csrf = newToken();
  await createSession(sql, {
    ...{ idHash: hashToken(id), userId: MEMBER_MEGAN, invitationId: null, csrf, lifetimeMinutes: 60 },
  });
  const headers = { cookie: `session=${id}`, origin: config.SITE_URL };

  /** Asks for these addresses in turn, so many times. */
  async function serve(rounds: number, addresses: readonly string[]): Promise<Served> {
    const milliseconds: number[] = [];
    const statements = new Map<string, Statement>();
    Object.assign(sql.options, {
      debug: (_connection: number, text: string, parameters: unknown[]) => {
        statements.set(text, { text, parameters });
      },
    });
    for (let round = 0; round < rounds; round += 1) {
      const address = addresses[round % addresses.length] ?? '';
      const began = performance.now();
      const answer = await server.request(address, requestOf(address));
      await answer.text();
      milliseconds.push(performance.now() - began);
      if (answer.status !== 200) throw new Error(`${address} answered ${answer.status}`);
    }
    Object.assign(sql.options, { debug: false });
    return { milliseconds, statements: [...statements.values()] };
  }

  /** A search is posted; what it looks for stands after a #. */
  function requestOf(address: string): RequestInit {
    const [, text] = address.split('#');
    return text === undefined
      ? { headers }
      : { headers, method: 'POST', body: new URLSearchParams({ csrf, text }) };
  }
  return { serve };
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
    studies: ['/admin/studies'],
    study: [`/admin/studies/${studyId}`],
    invitations: ['/admin/invitations', '/admin/invitations?status=issued'],
    patient: of(''),
    'patient, 180 days': of('?days=180&range=quarter'),
    observations: of('/observations'),
    'observations, deep': of(`/observations?after=${encodeURIComponent('2026-10-01T00:00:00.000000Z~1')}`),
    'observations of a kind': of('/observations?code=omh%3Aoxygen-saturation%3A2.0'),
    days: of('/days?days=180'),
    consents: of('/consents'),
    figures: of('/figures?type=heart_rate&range=quarter'),
    points: of('/points.json?type=heart_rate&range=quarter'),
  };
}

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly Plan[];
}

/** The tables that a statement reads from end to end. */
export async function scannedTables(sql: Sql, { text, parameters }: Statement): Promise<string[]> {
  if (!/^\s*(select|with)\b/i.test(text) || !/observations/.test(text)) return [];
  const [row] = await sql.unsafe<{ 'QUERY PLAN': readonly { Plan: Plan }[] }[]>(
    `explain (format json) ${text}`,
    parameters as never[],
  );
  return scansOf(row?.['QUERY PLAN'][0]?.Plan);
}

function scansOf(plan: Plan | undefined): string[] {
  if (plan === undefined) return [];
  const own = plan['Node Type'].includes('Seq Scan') ? [plan['Relation Name'] ?? ''] : [];
  return [...own, ...(plan.Plans ?? []).flatMap(scansOf)];
}
