import { expect, it } from 'vitest';
import { IssuedInvitationPage } from '../../../src/web/views/admin/issued-invitation.js';
import { NewPatientPage } from '../../../src/web/views/admin/new-patient.js';
import { ErasePatientPage } from '../../../src/web/views/admin/patient/erase.js';
import { PatientsPage } from '../../../src/web/views/admin/patients.js';
import { StudyPage } from '../../../src/web/views/admin/study.js';
import { SignInPage } from '../../../src/web/views/admin/sign-in.js';
import { CompletePage } from '../../../src/web/views/patient/complete.js';
import { DeniedPage } from '../../../src/web/views/patient/connect-messages.js';
import { ConsentsPage } from '../../../src/web/views/patient/consents.js';
import { ErasePage } from '../../../src/web/views/patient/erase.js';
import { LaunchPage } from '../../../src/web/views/patient/launch.js';
import { ManagePage } from '../../../src/web/views/patient/manage.js';
import { ProviderPickerPage } from '../../../src/web/views/patient/provider-picker.js';
import { OWN_SCRIPT, read } from './html.js';
import { english, staff, utc } from './samples.js';
import { listedPatient, staffScope, staffStudy } from './staff-samples.js';

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
const evilFrame = { ...staff, userName: evil, standing: evil, csrf: evil, apiDocsUrl: evil };
const text = { csrf: evil, problem: evil };

const pages = {
  launch: LaunchPage({
    frame,
    ...text,
    link: evil,
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
    icons: new Set([evil]),
    log,
  }),
  complete: CompletePage({ frame, device: evil, outcome: { is: 'waiting' }, studies: [study], log }),
  manage: ManagePage({
    ...{ frame, readings: 1, ...text, connections, studies: [study], done: evil },
    answers: [{ study: evil, code: evil, text: evil, decision: 'agreed', decidedAt: utc('14T10:00:00') }],
  }),
  denied: DeniedPage({ frame, csrf: evil, provider: evil, device: evil }),
  erase: ErasePage({ frame, ...text, receipt: evil, readings: 1, studies: [evil] }),
  'erase-patient': ErasePatientPage({
    ...{ frame: evilFrame, id: 1, name: evil, studies: [evil] },
    problems: { number: evil },
  }),
  'sign-in': SignInPage({ ...text, email: evil }),
  patients: PatientsPage({
    frame: evilFrame,
    now: utc('21T10:00:00'),
    patients: [{ ...listedPatient, name: evil, studies: [evil], providers: [evil] }],
    ...{ total: 1, before: 0, filters: [], mayAdd: true, seesErasures: true, done: evil },
    deviceNames: (keys) => [...keys],
  }),
  'new-patient': NewPatientPage({
    frame: evilFrame,
    organizations: [{ id: 1, name: evil }],
    studies: [{ id: 1, name: evil }],
    zones: [evil],
    typed: { given: evil, family: evil, email: evil },
    problems: { email: evil },
  }),
  issued: IssuedInvitationPage({
    frame: evilFrame,
    patient: { id: 1, name: evil },
    link: evil,
    expiresAt: utc('28T00:00:00'),
  }),
  study: StudyPage({
    frame: evilFrame,
    study: { ...staffStudy, name: evil, description: evil, organization: evil },
    scopes: [{ ...staffScope, code: evil, text: evil, makers: [evil] }],
    sources: [{ id: 1, name: evil, provider: evil, isUsed: true, connected: 1 }],
    clients: [{ id: 1, name: evil, clientId: evil, isUsed: true, invited: 1 }],
    texts: [{ version: 1, body: evil, writtenBy: evil, writtenAt: utc('20T09:00:00') }],
    ...{ mayChange: true, mayAddClients: true },
  }),
};

it.each(Object.entries(pages))('names on the page %s stay text, whatever they hold', async (_name, page) => {
  const { html, tags } = await read(page);
  expect(html.replace(OWN_SCRIPT, '')).not.toContain('<script');
  expect(html).toContain(shown);
  expect(tags.filter((tag) => tag.attributes.has('onload'))).toEqual([]);
});
