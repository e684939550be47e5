import { afterAll, beforeAll, expect, it } from 'vitest';
import { acceptInvitation, agreeToHeartRate, connectOura } from '../../dev/journey/patient-pages.js';
import { until } from '../../dev/journey/until.js';
import { Visitor } from '../../dev/journey/visitor.js';
import { clients } from '../../src/db/clients.js';
import { sendInvitation } from '../../src/invitations.js';
import { connectTemporal } from '../../src/temporal/connection.js';
import { textsOf } from '../temporal/texts.js';
import { linkIn, mailsTo } from '../mail/caught.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { agreedPatient, leaveForOura, newPatient, openPage } from './stages.js';

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld();
});
afterAll(async () => {
  await world.close();
});

it('the token of a link is in no page, address, log line or history, and neither is the address of the mail', async () => {
  const stage = await newPatient(world);
  const { visitor, patientId } = stage;
  const client = (await clients(world.app.sql)).find(({ name }) => name === 'OW Local');
  if (client === undefined) throw new Error('the seeded client is missing');
  const { token: printed } = await sendInvitation(world.app, { patientId, client, issuedBy: 10002 });
  const [mail] = await until('the letter came', async () => {
    const mails = await mailsTo(world, patientId);
    return mails.length > 0 && mails;
  });
  const link = linkIn(mail);
  const mailed = new URL(link).searchParams.get('code')?.split('_').at(-1) ?? '';
  const secrets = [printed, mailed, mail?.to ?? ''];
  for (const secret of secrets) expect(secret.length).toBeGreaterThan(16);

  const opening = await visitor.open(link, { 'sec-fetch-dest': 'document' });
  expect(opening.text).toContain('invites you');
  expect(opening.url).not.toContain('code');
  const pages = [
    opening,
    await acceptInvitation(visitor, link),
    await agreeToHeartRate(stage),
    await connectOura(stage),
  ];
  for (const path of [
    '/ow/devices',
    '/ow/complete',
    '/ow/manage',
    '/ow/manage/leave/30001',
    '/ow/fresh-link',
  ])
    pages.push(await openPage(stage, path));
  for (const headers of [{}, { 'sec-fetch-dest': 'document' }]) {
    const refused = await new Visitor().open(link, headers);
    expect(refused.text).toContain('This link does not work any more');
    pages.push(refused);
  }
  await until('the log is over', async () => {
    const log = await visitor.stream(`${world.config.SITE_URL}/ow/log`, {
      headers: {},
      signal: AbortSignal.timeout(5_000),
    });
    const text = await log.text().catch(() => '');
    for (const secret of secrets) expect(text).not.toContain(secret);
    return text.includes('event: end');
  });

  const temporal = await connectTemporal(world.config);
  const histories: string[] = [];
  for await (const { workflowId, runId } of temporal.client.workflow.list())
    histories.push(...textsOf(await temporal.client.workflow.getHandle(workflowId, runId).fetchHistory()));
  await temporal.close();
  expect(histories.join('\n')).toContain('invitation/');
  for (const secret of secrets) {
    for (const { html, url, via } of pages) {
      // The link itself, and where the address of the original client leads with it.
      const addresses = [url, ...via].filter((address) => !address.endsWith(new URL(link).search));
      expect([...addresses, html.toString()].join('\n')).not.toContain(secret);
    }
    expect(world.logLines.join('\n')).not.toContain(secret);
    expect(histories.join('\n')).not.toContain(secret);
  }
}, 90_000);

it('a patient who closes the tab after the vendor’s page still ends up connected, with data', async () => {
  const stage = await agreedPatient(world);
  const vendor = await leaveForOura(stage);
  const form = vendor.html.querySelector('form');
  const fields = new URLSearchParams({ decision: 'approve' });
  for (const input of form?.querySelectorAll('input[type=hidden]') ?? [])
    fields.append(input.getAttribute('name') ?? '', input.getAttribute('value') ?? '');
  // The vendor's redirect is followed to Open Wearables and no further.
  const target = new URL(form?.getAttribute('action') ?? '', vendor.url);
  const approved = await fetch(target, { method: 'POST', body: fields, redirect: 'manual' });
  const callback = new URL(approved.headers.get('location') ?? '');
  const direct = new URL(`/api/v1/oauth/oura/callback${callback.search}`, world.sandbox.url);
  const returned = await fetch(direct, { redirect: 'manual' });
  expect(returned.headers.get('location')).toContain('/ow/return/');

  await until(
    'the connection is confirmed',
    async () => {
      const [connection] = await world.app.sql`
      select 1 from connections where patient_id = ${stage.patientId} and status = 'active'`;
      return connection !== undefined;
    },
    60_000,
  );
  await until('the data is read', async () => (await stage.observations()) > 0, 60_000);
}, 150_000);
