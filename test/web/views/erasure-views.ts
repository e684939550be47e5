import type { Erasure } from '../../../src/db/erasures.js';
import { ErasurePage } from '../../../src/web/views/admin/erasure.js';
import { ErasuresPage } from '../../../src/web/views/admin/erasures.js';
import { ErasePatientPage, OthersToAskPage } from '../../../src/web/views/admin/patient/erase.js';
import { staff, utc } from './samples.js';

const teamMember = { ...staff, isOperator: false };
const toErase = { frame: teamMember, id: 40012, name: 'Pamela Nguyen-Castellanos' };
const erasing: Erasure = {
  ...{ id: 90002, patientId: 40013, organizationIds: [20003], askedAs: 'manager', askedBy: 10002 },
  ...{ askedAt: utc('21T10:07:00'), reason: 'study over', counts: { observations: 4_000, sessions: 1 } },
  ...{ endedAt: null, openWearables: null, remains: null, digest: null },
};
const erased: Erasure = {
  ...{ ...erasing, id: 90001, askedAs: 'patient', askedBy: 40012, reason: null },
  ...{ endedAt: utc('21T10:08:00'), openWearables: 'emptied', digest: 'd1'.repeat(32) },
  remains: { consentEvents: 7, rawObjects: 0, openWearablesUser: '0b5b3b2e-6c2e-4a3f-9a55-5a0f3d3f1a11' },
};
const erasure = {
  ...{ frame: staff, asker: 'Mary Okonkwo-Lindqvist', organizations: ['Lifespan Lab'] },
  steps: { stopped: 'done', removed: 'busy', there: 'busy', checked: 'waiting' } as const,
  run: 'http://localhost:8233/namespaces/default/workflows/erasure%2F40013',
};

/** What managers and operators see of an erasure, before, while and after. */
export const erasureViews = {
  'staff-erase-patient': () => ErasePatientPage({ ...toErase, studies: ['Recovery Rhythm Study'] }),
  'staff-erase-patient-refused': () =>
    ErasePatientPage({
      ...{ ...toErase, studies: [], reason: 'withdrawn' },
      problems: { reason: 'Choose why.', number: 'Type the patient’s number: 40012.' },
    }),
  'staff-erase-patient-others': () => OthersToAskPage({ ...toErase, own: ['Lifespan Lab'], others: 2 }),
  'staff-erasures': () =>
    ErasuresPage({
      frame: teamMember,
      erasures: [erasing, erased, { ...erased, id: 90003, openWearables: 'remains' }],
      before: 90009,
      next: 90001,
    }),
  'staff-erasures-none': () => ErasuresPage({ frame: staff, erasures: [], before: null, next: undefined }),
  'staff-erasing': () => ErasurePage({ ...erasure, erasure: erasing, isIntact: undefined }),
  'staff-erased': () => ErasurePage({ ...erasure, erasure: erased, isIntact: true, run: undefined }),
  'staff-erased-and-changed': () => ErasurePage({ ...erasure, erasure: erased, isIntact: false }),
};
