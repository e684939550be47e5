import { expect, it } from 'vitest';
import { InvitationPage } from '../../../src/web/views/admin/invitation.js';
import { SignInPage } from '../../../src/web/views/admin/sign-in.js';
import { StudiesPage } from '../../../src/web/views/admin/studies.js';
import { everyStaffView } from './every-staff-view.js';
import { named, read, textOf } from './html.js';
import { csrf, log, staff } from './samples.js';
import { invitation, staffStudy } from './staff-samples.js';

it('a refused sign-in keeps the e-mail and never the password', async () => {
  const { html, tags } = await read(
    SignInPage({ csrf, email: 'mary@lifespan.example', problem: 'Not accepted.' }),
  );
  expect(html).toContain('value="mary@lifespan.example"');
  const password = named(tags, 'input').find(({ attributes }) => attributes.get('type') === 'password');
  expect(password?.attributes.has('value')).toBe(false);
});

it('the current place is marked, and operations are for operators', async () => {
  const frame = { ...staff, isOperator: false };
  const page = await read(StudiesPage({ frame, studies: [staffStudy], mayFound: true }));
  const current = named(page.tags, 'a').filter(({ attributes }) => attributes.get('aria-current') === 'page');
  expect(new Set(current.map(({ attributes }) => attributes.get('href')))).toEqual(
    new Set(['/admin/studies']),
  );
  expect(page.html).not.toContain('Sync health');
  expect((await read(StudiesPage({ frame: staff, studies: [], mayFound: true }))).html).toContain(
    'Sync health',
  );
});

it('each patient is listed with state, reason and completeness', async () => {
  const text = await textOf(everyStaffView['staff-patients']());
  expect(text).toContain(
    'Pamela Nguyen-Castellanos 40012 Up to date What was expected has arrived. 95 % 21 Nov, 09:31',
  );
  expect(text).toContain(
    'Needs reconnecting garmin ended our access, seen on 19 Nov. The patient has to sign in again.',
  );
  expect(text).toContain('3 rejected 3 records could not be understood. An operator decides.');
  expect(text).toContain('2 of 5 agreed 3 not shared.');
  expect(text).toContain('Silent for 31 h The connection works, oura and garmin has nothing new.');
});

it('an invitation is issued by a form that names patient and client; viewers have none', async () => {
  const invite = [{ id: '6', name: 'OW Local' }];
  const { html } = await read(InvitationPage({ frame: staff, invitation, log, invite }));
  const [, form] = /(<form method="post" action="\/admin\/invitations".*?<\/form>)/s.exec(html) ?? [];
  expect(form).toContain('name="patient" value="40012"');
  expect(form).toContain('name="client" value="6"');
  const viewers = (await read(InvitationPage({ frame: staff, invitation, log }))).html;
  expect(viewers).not.toContain('action="/admin/invitations"');
});

it('with several clients the client is chosen', async () => {
  const invite = [
    { id: '6', name: 'OW Local' },
    { id: '4', name: 'Wearables, Spanish' },
  ];
  const page = await read(InvitationPage({ frame: staff, invitation, log, invite }));
  expect(named(page.tags, 'option')).toHaveLength(2);
});

it('the link of a fresh invitation is there to copy and to scan', async () => {
  const { html, tags } = await read(everyStaffView['staff-issued']());
  expect(html).toContain('value="http://localhost:8001/clients/ow/?code=localhost%3A8001_');
  expect(
    tags.filter(({ attributes }) => attributes.get('aria-label') === 'QR code of the invitation link'),
  ).toHaveLength(1);
});

it('an event says who, what and whose in words; the route and the request stand in its details', async () => {
  const { html } = await read(everyStaffView['staff-audit']());
  const text = await textOf(everyStaffView['staff-audit']());
  expect(text).toContain(
    '2026-11-21 10:07:02 Megan Ortiz account 10003 List patients Done 40001, 40002, 40003 and 1 more Details of event 17',
  );
  for (const words of ['Command line', 'Nobody signed in', 'The service itself', 'The patient'])
    expect(text).toContain(words);
  for (const words of ['Asked for', 'Refused', 'Failed']) expect(text).toContain(words);
  const [before = ''] = html.split('<details class="wx-more"');
  expect(before).not.toMatch(/GET \/|0d3a1c52/);
  expect(html).toContain('href="/admin/patients/40001"');
  expect(html).not.toContain('href="/admin/patients/40003"');
});

it('the audit trail is in the navigation of who may read it, and of nobody else', async () => {
  const pageFor = async (readsAudit: boolean) =>
    (await read(StudiesPage({ frame: { ...staff, readsAudit }, studies: [], mayFound: false }))).html;
  expect(await pageFor(true)).toContain('href="/admin/audit"');
  expect(await pageFor(false)).not.toContain('/admin/audit');
});
