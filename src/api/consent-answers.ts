import type { ConsentEvent, Decision, RequestedScope } from '../db/consents.js';
import { Problem } from './problems.js';

/** What a client sends: an answer to one scope of one study. */
export interface ScopeAnswer {
  readonly studyId: number;
  readonly codingSystem: string;
  readonly codingCode: string;
  /** Undefined: taken back. */
  readonly consented: boolean | undefined;
}

/** New answers, changed ones, or answers taken back: the first two must find what they are about. */
export type AnswerKind = 'new' | 'changed' | 'taken back';

/** The scope that each answer is about; refuses what the patient's studies do not ask for. */
export function answeredScopes(
  kind: AnswerKind,
  requested: readonly RequestedScope[],
  answers: readonly ScopeAnswer[],
): { scope: RequestedScope; consented: boolean | undefined }[] {
  return answers.flatMap(({ studyId, codingSystem, codingCode, consented }) => {
    const scope = requested.find(
      (one) => one.studyId === studyId && one.system === codingSystem && one.code === codingCode,
    );
    if (kind === 'taken back') return scope ? [{ scope, consented }] : [];
    if (scope === undefined) throw new Problem(400, 'A study of this patient does not ask for this scope.');
    const isAnswered = scope.decision !== null;
    if (kind === 'new' && isAnswered) throw new Problem(409, 'A consent for this scope is there already.');
    if (kind === 'changed' && !isAnswered) throw new Problem(404, 'No consent matches the given query.');
    return [{ scope, consented }];
  });
}

/** The decision that an answer is, given the one that stands; undefined: it changes nothing. */
export function decisionOf(standing: Decision | null, consented: boolean | undefined): Decision | undefined {
  if (consented === true) return standing === 'agreed' ? undefined : 'agreed';
  if (standing === 'agreed') return 'stopped';
  return consented === false && standing === null ? 'declined' : undefined;
}

/** The events to append. The client showed the text, so its version is not ours to name. */
export function eventsOf(
  answered: ReturnType<typeof answeredScopes>,
  by: Pick<ConsentEvent, 'patientId' | 'recordedBy'>,
): ConsentEvent[] {
  return answered.flatMap(({ scope: { studyId, conceptId, decision: standing }, consented }) => {
    const decision = decisionOf(standing, consented);
    if (decision === undefined) return [];
    const texts = { textVersion: 'client', studyTextVersion: null };
    return [{ ...by, studyId, conceptId, decision, channel: 'api', ...texts }];
  });
}
