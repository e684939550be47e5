import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';

/** What workflows are found by in Temporal's UI: database ids and codes only. */
export const patientRef = defineSearchAttributeKey('PatientRef', 'KEYWORD');
export const provider = defineSearchAttributeKey('Provider', 'KEYWORD');
/** Not `Trigger`, which a query may not name. */
export const startedBy = defineSearchAttributeKey('StartedBy', 'KEYWORD');
export const outcome = defineSearchAttributeKey('Outcome', 'KEYWORD');

/** Why a workflow began. */
export type Trigger =
  'schedule' | 'operator' | 'webhook' | 'poll' | 'connect' | 'patient' | 'invitation' | 'consent';

export function began(
  by: Trigger,
  about: { patientId?: number; provider?: string } = {},
): SearchAttributePair[] {
  return [
    { key: startedBy, value: by },
    ...(about.patientId === undefined ? [] : [{ key: patientRef, value: String(about.patientId) }]),
    ...(about.provider === undefined ? [] : [{ key: provider, value: about.provider }]),
  ];
}
