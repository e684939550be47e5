import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';

/** What workflows are found by in Temporal's UI: database ids and codes only. */
export const patientRef = defineSearchAttributeKey('PatientRef', 'KEYWORD');
/** Every study the patient takes part in when the run begins. */
export const studyRef = defineSearchAttributeKey('StudyRef', 'KEYWORD_LIST');
export const provider = defineSearchAttributeKey('Provider', 'KEYWORD');
/** Not `Trigger`, which a query may not name. */
export const startedBy = defineSearchAttributeKey('StartedBy', 'KEYWORD');
export const outcome = defineSearchAttributeKey('Outcome', 'KEYWORD');

/** Why a workflow began. */
export type Trigger =
  'schedule' | 'operator' | 'webhook' | 'poll' | 'connect' | 'patient' | 'manager' | 'invitation' | 'consent';

export function began(
  by: Trigger,
  about: { patientId?: number; studyIds?: readonly number[]; provider?: string } = {},
): SearchAttributePair[] {
  const { patientId, studyIds = [], provider: maker } = about;
  return [
    { key: startedBy, value: by },
    ...(patientId === undefined ? [] : [{ key: patientRef, value: String(patientId) }]),
    ...(studyIds.length === 0 ? [] : [{ key: studyRef, value: studyIds.map(String) }]),
    ...(maker === undefined ? [] : [{ key: provider, value: maker }]),
  ];
}
