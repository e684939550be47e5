import { RefusedPage } from '../../../src/web/views/admin/refused.js';
import { SignInPage } from '../../../src/web/views/admin/sign-in.js';
import { patientViews } from './patient-views.js';
import { everyStaffView } from './every-staff-view.js';
import { csrf, english, staff } from './samples.js';

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
  ...everyStaffView,
};
