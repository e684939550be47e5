import type { ServerDeps } from '../../api/env.js';
import { changeConsents } from '../../consent-changes.js';
import { requestedScopes } from '../../db/consents.js';
import type { Patient } from '../../db/patients.js';
import { firstAnswers } from './consent-form.js';

/** A "no" to everything that is open, said before any of it was read. */
export async function declineAll(
  deps: ServerDeps,
  { id: patientId, userId: recordedBy }: Patient,
  textVersion: string,
): Promise<void> {
  const answers = firstAnswers(
    await requestedScopes(deps.sql, patientId),
    { ticked: [], declineRest: true },
    { patientId, recordedBy, channel: 'invitation page', textVersion, studyTextRead: () => null },
  );
  await changeConsents(deps, patientId, answers);
}
