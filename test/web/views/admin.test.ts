import { expect, it } from 'vitest';
import { HomePage } from '../../../src/web/views/admin/home.js';
import { InvitationPage } from '../../../src/web/views/admin/invitation.js';
import { SignInPage } from '../../../src/web/views/admin/sign-in.js';
import { StudiesPage } from '../../../src/web/views/admin/studies.js';
import { everyStaffView } from './every-staff-view.js';
import { named, read, textOf } from './html.js';
import { csrf, log, staff, utc } from './samples.js';
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

it('an invitation is issued by a form that names patient, client and way; viewers have none', async () => {
  const clients = [{ id: '6', name: 'OW Local' }];
  const page = (canMail: boolean) =>
    read(InvitationPage({ frame: staff, invitation, log, invite: { clients, canMail } }));
  const { html } = await page(true);
  const [, form] = /(<form method="post" action="\/admin\/invitations".*?<\/form>)/s.exec(html) ?? [];
  expect(form).toContain('name="patient" value="40012"');
  expect(form).toContain('name="client" value="6"');
  expect(form).toContain('name="by" value="mail"');
  expect((await page(false)).html).not.toContain('value="mail"');
  const viewers = (await read(InvitationPage({ frame: staff, invitation, log }))).html;
  expect(viewers).not.toContain('action="/admin/invitations"');
});

it('with several clients the client is chosen', async () => {
  const clients = [
    { id: '6', name: 'OW Local' },
    { id: '4', name: 'Wearables, Spanish' },
  ];
  const page = await read(
    InvitationPage({ frame: staff, invitation, log, invite: { clients, canMail: false } }),
  );
  expect(named(page.tags, 'option')).toHaveLength(2);
});

it('the link of a fresh invitation is there to copy and to scan', async () => {
  const { html, tags } = await read(everyStaffView['staff-issued']());
  expect(html).toContain('value="http://localhost:8001/clients/ow/?code=localhost%3A8001_');
  expect(
    tags.filter(({ attributes }) => attributes.get('aria-label') === 'QR code of the invitation link'),
  ).toHaveLength(1);
});

it('operators see whether it runs and what the last poll did', async () => {
  const lastPoll = {
    endedAt: utc('21T09:45:10'),
    patients: 12,
    created: 3412,
    amended: 2,
    unchanged: 10944,
    rejected: 3,
    couldNotRead: 1,
  };
  const text = await textOf(HomePage({ frame: staff, operations: { moduleOn: true, lastPoll } }));
  expect(text).toContain(
    'Last poll ended 21 Nov, 09:45: 12 patients, 3,412 new, 2 amended, 10,944 unchanged, 3 rejected. 1 patient could not be read',
  );
});

it('the switch posts the opposite of what is', async () => {
  const on = (moduleOn: boolean) => read(HomePage({ frame: staff, operations: { moduleOn } }));
  expect((await on(true)).html).toContain('name="on" value="false"');
  expect((await on(false)).html).toContain('name="on" value="true"');
});
