import { HomePage } from '../../../src/web/views/admin/home.js';
import { RefusedPage } from '../../../src/web/views/admin/refused.js';
import { SignInPage } from '../../../src/web/views/admin/sign-in.js';
import { patientViews } from './patient-views.js';
import { csrf, english, everyday, staff, staffStudy, utc } from './samples.js';

const lastPoll = {
  endedAt: utc('21T09:45:10'),
  patients: 12,
  created: 3412,
  amended: 2,
  unchanged: 10944,
  rejected: 3,
  couldNotRead: 1,
};
const issued = {
  patientName: 'Noah Brandt',
  link: 'http://localhost:8001/ow/?code=localhost~8001_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXo',
  expiresAt: utc('28T00:00:00'),
};

/** Every page in every state that looks different, by a name for it. */
export const everyView = {
  ...patientViews(english),
  'admin-sign-in': () => SignInPage({ csrf }),
  'admin-sign-in-refused': () =>
    SignInPage({
      csrf,
      email: 'mary@lifespan.example',
      problem: 'E-mail and password do not belong together.',
    }),
  'admin-not-found': () => RefusedPage({ frame: staff, refusal: 'not found' }),
  'admin-not-allowed': () => RefusedPage({ frame: { ...staff, isOperator: false }, refusal: 'not allowed' }),
  'admin-home': () =>
    HomePage({ frame: staff, studies: [staffStudy], operations: { moduleOn: true, lastPoll } }),
  'admin-home-issued': () =>
    HomePage({
      frame: staff,
      studies: [
        {
          ...staffStudy,
          clients: [
            { id: '3', name: 'Wearables' },
            { id: '4', name: 'Wearables, Spanish' },
          ],
        },
        { ...staffStudy, id: '2', name: everyday.name, patients: [], clients: [] },
      ],
      issued,
      operations: { moduleOn: false },
    }),
};
