import { expect, it } from 'vitest';
import { HomePage } from '../../../src/web/views/admin/home.js';
import { SignInPage } from '../../../src/web/views/admin/sign-in.js';
import { named, read, textOf } from './html.js';
import { csrf, staff, staffStudy, utc } from './samples.js';

const home = { frame: staff, studies: [staffStudy] };

it('a refused sign-in keeps the e-mail and never the password', async () => {
  const { html, tags } = await read(
    SignInPage({ csrf, email: 'mary@lifespan.example', problem: 'Not accepted.' }),
  );
  expect(html).toContain('value="mary@lifespan.example"');
  const password = named(tags, 'input').find(({ attributes }) => attributes.get('type') === 'password');
  expect(password?.attributes.has('value')).toBe(false);
});

it('each patient is listed with consents and connections, unanswered apart from refused', async () => {
  const text = await textOf(HomePage(home));
  expect(text).toContain('Pamela Nguyen-Castellanos P-40012 5 of 5 agreed');
  expect(text).toContain(
    '3 of 5 agreed 1 not answered yet Fitbit Could not read Since 21 Nov, 07:30. Retried by itself.',
  );
  expect(text).toContain('Noah Brandt 0 of 5 agreed 5 not answered yet Not connected');
});

it('an invitation is issued by a form that names patient and client', async () => {
  const { html } = await read(HomePage(home));
  const [, form] = /(<form method="post" action="\/admin\/invitations".*?<\/form>)/s.exec(html) ?? [];
  expect(form).toContain('name="patient" value="40012"');
  expect(form).toContain('name="client" value="3"');
});

it('with several clients the client is chosen', async () => {
  const clients = [...staffStudy.clients, { id: '4', name: 'Wearables, Spanish' }];
  const { tags } = await read(HomePage({ ...home, studies: [{ ...staffStudy, clients }] }));
  expect(named(tags, 'select')).toHaveLength(staffStudy.patients.length);
});

it('a link is on the page only right after it was issued', async () => {
  const issued = {
    patientName: 'Noah Brandt',
    link: 'https://wx.example/ow/?code=abc',
    expiresAt: utc('28T00:00:00'),
  };
  expect((await read(HomePage({ ...home, issued }))).html).toContain(
    'value="https://wx.example/ow/?code=abc"',
  );
  expect((await read(HomePage(home))).html).not.toContain('code=');
});

it('operators see whether it runs and what the last poll did; others do not', async () => {
  const lastPoll = {
    endedAt: utc('21T09:45:10'),
    patients: 12,
    created: 3412,
    amended: 2,
    unchanged: 10944,
    rejected: 3,
    couldNotRead: 1,
  };
  const text = await textOf(HomePage({ ...home, operations: { moduleOn: true, lastPoll } }));
  expect(text).toContain(
    'Last poll ended 21 Nov, 09:45: 12 patients, 3,412 new, 2 amended, 10,944 unchanged, 3 rejected. 1 patient could not be read',
  );
  expect(await textOf(HomePage(home))).not.toContain('poll');
});

it('the switch posts the opposite of what is', async () => {
  const on = (moduleOn: boolean) => read(HomePage({ ...home, operations: { moduleOn } }));
  expect((await on(true)).html).toContain('name="on" value="false"');
  expect((await on(false)).html).toContain('name="on" value="true"');
});
