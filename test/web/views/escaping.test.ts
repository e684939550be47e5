import { expect, it } from 'vitest';
import { HomePage } from '../../../src/web/views/admin/home.js';
import { SignInPage } from '../../../src/web/views/admin/sign-in.js';
import { CompletePage } from '../../../src/web/views/patient/complete.js';
import { DeniedPage } from '../../../src/web/views/patient/connect-messages.js';
import { ConsentsPage } from '../../../src/web/views/patient/consents.js';
import { LaunchPage } from '../../../src/web/views/patient/launch.js';
import { ManagePage } from '../../../src/web/views/patient/manage.js';
import { ProviderPickerPage } from '../../../src/web/views/patient/provider-picker.js';
import { OWN_SCRIPT, read } from './html.js';
import { english, staff, staffStudy, utc } from './samples.js';

const evil = `<script>alert("it's")</script>" onload="x`;
const shown = '&lt;script&gt;alert(&quot;it&#39;s&quot;)&lt;/script&gt;&quot; onload=&quot;x';
const frame = {
  ...english,
  organization: evil,
  zone: 'UTC',
  contact: { name: evil, role: evil, phone: evil, email: evil, reference: evil },
  signOutCsrf: evil,
};
const log = [{ at: utc('21T09:41:02'), mark: 'ok', text: evil, detail: evil }] as const;
const line = { id: '1', scope: evil, name: evil, answer: { is: 'open' } } as const;
const study = { id: '1', name: evil, purpose: evil, seenBy: evil, runBy: evil, lines: [line] };
const device = { provider: evil, name: evil };
const connections = [{ ...device, state: { is: 'silent', hours: 31 } }] as const;
const patient = {
  id: evil,
  name: evil,
  reference: evil,
  consent: { asked: 1, agreed: 0, open: 1 },
  connections,
};
const clients = [
  { id: evil, name: evil },
  { id: '4', name: evil },
];
const issued = { patientName: evil, link: evil, expiresAt: utc('28T00:00:00') };
const text = { csrf: evil, problem: evil };

const pages = {
  launch: LaunchPage({
    frame,
    ...text,
    token: evil,
    inviter: evil,
    studies: [{ ...study, scopes: [{ code: evil, name: evil }] }],
    expiresAt: utc('28T00:00:00'),
  }),
  consents: ConsentsPage({ frame, ...text, studies: [study], log }),
  picker: ProviderPickerPage({
    frame,
    ...text,
    usable: [{ ...device, agreed: 2, missing: [evil] }],
    unusable: [{ ...device, reason: 'needs-app' }],
    log,
  }),
  complete: CompletePage({ frame, device: evil, outcome: { is: 'waiting' }, studies: [study], log }),
  manage: ManagePage({ frame, ...text, connections, studies: [study], done: evil }),
  denied: DeniedPage({ frame, csrf: evil, provider: evil, device: evil }),
  'sign-in': SignInPage({ ...text, email: evil }),
  home: HomePage({
    frame: { ...staff, userName: evil, csrf: evil, apiDocsUrl: evil },
    studies: [{ ...staffStudy, name: evil, organization: evil, clients, patients: [patient] }],
    issued,
    problem: evil,
    done: evil,
  }),
};

it.each(Object.entries(pages))('names on the page %s stay text, whatever they hold', async (_name, page) => {
  const { html, tags } = await read(page);
  expect(html.replace(OWN_SCRIPT, '')).not.toContain('<script');
  expect(html).toContain(shown);
  expect(tags.filter((tag) => tag.attributes.has('onload'))).toEqual([]);
});
