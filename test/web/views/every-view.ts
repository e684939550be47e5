import { HomePage } from '../../../src/web/views/admin/home.js';
import { RefusedPage } from '../../../src/web/views/admin/refused.js';
import { SignInPage } from '../../../src/web/views/admin/sign-in.js';
import { patientViews } from './patient-views.js';
import { everyStaffView } from './every-staff-view.js';
import { csrf, english, staff, utc } from './samples.js';

const lastPoll = {
  endedAt: utc('21T09:45:10'),
  patients: 12,
  created: 3412,
  amended: 2,
  unchanged: 10944,
  rejected: 3,
  couldNotRead: 1,
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
  'admin-home': () => HomePage({ frame: staff, operations: { moduleOn: true, lastPoll } }),
  'admin-home-off': () => HomePage({ frame: staff, operations: { moduleOn: false } }),
  ...everyStaffView,
};
