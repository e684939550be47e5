import { Client, Connection } from '@temporalio/client';
import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEED_PASSWORD } from '../../src/db/seed/world.js';
import { connectTemporal } from '../../src/temporal/connection.js';
import { agreedPatient } from '../helpers/connected-patient.js';
import { pollNow } from '../helpers/operator.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { RawBrowser } from '../web/raw-browser.js';

const KEYS = 'the-key-of-this-test-which-is-long-enough';
const UI = 'http://localhost:8233';

let world: TestWorld;
let ours: Awaited<ReturnType<typeof connectTemporal>>;
let theirs: Client;
beforeAll(async () => {
  world = await startTestWorld({ TEMPORAL_PAYLOAD_KEYS: KEYS, TEMPORAL_UI_URL: UI });
  ours = await connectTemporal(world.config);
  theirs = new Client({ connection: await Connection.connect({ address: world.config.TEMPORAL_ADDRESS }) });
  await agreedPatient({ ...world.app, sandbox: world.sandbox });
  world.sandbox.control.faults.failNext({ path: /timeseries/ }, { status: 404 });
  await pollNow(world);
  await pollNow(world);
}, 180_000);
afterAll(async () => {
  await ours.close();
  await theirs.connection.close();
  await world.close();
});

const payload = z.object({
  metadata: z.object({ encoding: z.base64(), type: z.base64().optional() }),
  data: z.base64(),
});
type Seen = Pick<z.infer<typeof payload>, 'data'> & { readonly encoding: string };

/** What Temporal writes itself: the name of a code version; a step beside a workflow, with its times. */
const WRITTEN_BY_TEMPORAL = [
  ['deprecated', 'id'],
  ['activity_id', 'activity_type', 'attempt', 'backoff', 'complete_time', 'original_schedule_time', 'seq'],
];

/** Every payload of every history as the server has it; search attributes, which have a type, stay readable. */
async function payloads(): Promise<Seen[]> {
  const found: Seen[] = [];
  for await (const { workflowId, runId } of ours.client.workflow.list()) {
    const history = await theirs.workflow.getHandle(workflowId, runId).fetchHistory();
    // A message of the protocol writes its bytes as base64.
    collect(JSON.parse(JSON.stringify(history.events)), found);
  }
  return found;
}

function collect(value: unknown, found: Seen[]): void {
  if (typeof value !== 'object' || value === null) return;
  const { data: seen } = payload.safeParse(value);
  if (seen === undefined) {
    for (const part of Object.values(value)) collect(part, found);
  } else if (seen.metadata.type === undefined) {
    found.push({ encoding: Buffer.from(seen.metadata.encoding, 'base64').toString(), data: seen.data });
  }
}

it('everything workflows carry is encrypted in the histories, failures included', async () => {
  const all = await payloads();
  expect(all.length).toBeGreaterThan(50);
  for (const { data } of all.filter(({ encoding }) => encoding !== 'binary/encrypted')) {
    const told = JSON.parse(Buffer.from(data, 'base64').toString()) as Record<string, unknown>;
    expect(WRITTEN_BY_TEMPORAL).toContainEqual(Object.keys(told).sort());
    for (const text of Object.values(told).filter((value) => typeof value === 'string'))
      expect(text).toMatch(/^[A-Za-z0-9 ]+$/);
  }
  for (const { data } of all)
    expect(Buffer.from(data, 'base64').toString('latin1')).not.toMatch(/patientId|could not read|pollId/);
});

it('failures tell Temporal nothing but that they are encoded', async () => {
  const messages: string[] = [];
  for await (const { workflowId, runId } of ours.client.workflow.list()) {
    const history = await theirs.workflow.getHandle(workflowId, runId).fetchHistory();
    for (const event of history.events ?? []) {
      const { failure } =
        event.activityTaskFailedEventAttributes ??
        event.markerRecordedEventAttributes ??
        event.workflowExecutionFailedEventAttributes ??
        {};
      if (failure) messages.push(`${failure.message ?? ''}|${failure.stackTrace ?? ''}`);
    }
  }
  expect(new Set(messages)).toEqual(new Set(['Encoded failure|']));
});

it('we read them: the work was done, and a run tells its progress', async () => {
  const rows = await world.app.sql`select outcome from patient_sync`;
  expect(rows).toMatchObject([{ outcome: 'nothing new' }]);
});

describe("Temporal's UI", () => {
  const decode = async (cookie: string, headers: Record<string, string> = { origin: UI }) => {
    const [encrypted] = await payloads();
    const encoding = Buffer.from(encrypted?.encoding ?? '').toString('base64');
    return fetch(`${world.http.url}/temporal/decode`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie, ...headers },
      body: JSON.stringify({
        payloads: [{ metadata: { encoding }, data: encrypted?.data ?? '' }],
      }),
    });
  };
  const cookieOf = async (email: string) => (await RawBrowser.signIn(world, email, SEED_PASSWORD)).cookie;

  it('has them decoded for an operator who is signed in', async () => {
    const answer = await decode(await cookieOf('admin@example.com'));
    expect(answer.headers.get('access-control-allow-origin')).toBe(UI);
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
    const { payloads: decoded } = z
      .object({ payloads: z.array(z.object({ data: z.base64() })) })
      .parse(await answer.json());
    expect(
      () => JSON.parse(Buffer.from(decoded[0]?.data ?? '', 'base64').toString()) as unknown,
    ).not.toThrow();
  });

  it('has nothing decoded for anybody else, or for another page', async () => {
    expect((await decode('')).status).toBe(401);
    expect((await decode(await cookieOf('manager_mary@example.com'))).status).toBe(401);
    const operator = await cookieOf('admin@example.com');
    expect((await decode(operator, { origin: 'http://evil.example' })).status).toBe(403);
    expect((await decode(operator, {})).status).toBe(403);
    expect((await decode(operator, { origin: UI, 'content-type': 'text/plain' })).status).toBe(400);
  });

  it('cannot have anything encrypted', async () => {
    const answer = await fetch(`${world.http.url}/temporal/encode`, {
      method: 'POST',
      headers: { origin: UI },
    });
    expect(answer.status).toBe(404);
  });
});
