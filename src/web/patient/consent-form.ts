import type { ConsentEvent, Decision, RequestedScope } from '../../db/consents.js';
import type { ConsentText } from '../../db/consent-texts.js';
import type { Texts } from '../texts/en.js';
import { languages } from '../texts/languages.js';
import type { ConsentAnswer, ConsentLine } from '../views/patient/consent-line.js';
import { studyTextField } from '../views/patient/study-words.js';
import { type Form, valueOf } from './signed-in.js';

const DAY_MS = 86_400_000;

/** A study with the lines a patient answers. */
export interface AnsweredStudy {
  readonly id: string;
  readonly name: string;
  readonly purpose: string;
  readonly organization: string;
  readonly ownText: ConsentText | undefined;
  readonly lines: readonly ConsentLine[];
}

/** The lines of the consent pages, by study. */
export function studiesOf(
  scopes: readonly RequestedScope[],
  now: Date,
  texts: ReadonlyMap<number, ConsentText> = new Map(),
): AnsweredStudy[] {
  const ids = [...new Set(scopes.map(({ studyId }) => studyId))];
  return ids.flatMap((id) => {
    const mine = scopes.filter(({ studyId }) => studyId === id);
    const [first] = mine;
    if (first === undefined) return [];
    const { studyName: name, studyDescription: purpose, organizationName: organization } = first;
    const facts = { id: String(id), name, purpose, organization, ownText: texts.get(id) };
    return [{ ...facts, lines: mine.map((scope) => lineOf(scope, now)) }];
  });
}

function lineOf(scope: RequestedScope, now: Date): ConsentLine {
  return {
    id: lineId(scope),
    scope: scope.code,
    name: scope.text,
    from: new Date(now.getTime() - scope.historyDays * DAY_MS),
    answer: answerOf(scope),
  };
}

function answerOf({ decision, decidedAt }: RequestedScope): ConsentAnswer {
  return decision === null || decidedAt === null ? { is: 'open' } : { is: decision, at: decidedAt };
}

function lineId({ studyId, conceptId }: RequestedScope): string {
  return `${studyId}-${conceptId}`;
}

/** Who answers, where. */
export interface Answering {
  readonly patientId: number;
  readonly recordedBy: number;
  readonly channel: string;
  readonly textVersion: string;
  /** Which version of a study's own words was read; null: none. */
  readonly studyTextRead: (studyId: number) => number | null;
}

/** The version of the text that was read: as the form says, where it names one of ours; else today's. */
export function versionRead(said: string, texts: Texts): string {
  const ours = Object.values(languages).map((language): string => language.texts.consents.version);
  return ours.includes(said) ? said : texts.consents.version;
}

/** The version of a study's own words that was read: as the form says, where there is such a one; else today's. */
export function studyTextRead(form: Form, texts: ReadonlyMap<number, ConsentText>) {
  return (studyId: number): number | null => {
    const newest = texts.get(studyId)?.version ?? 0;
    const said = Number(valueOf(form, studyTextField(String(studyId))) || newest);
    const read = Number.isInteger(said) && said >= 0 && said <= newest ? said : newest;
    return read === 0 ? null : read;
  };
}

/** The first answers: what is ticked is agreed; what is left empty stays open, unless the patient declines it all. */
export function firstAnswers(
  scopes: readonly RequestedScope[],
  form: { readonly ticked: readonly string[]; readonly declineRest: boolean },
  answering: Answering,
): ConsentEvent[] {
  return scopes
    .filter(({ decision }) => decision === null)
    .flatMap((scope) => {
      if (form.declineRest) return [eventOf(scope, 'declined', answering)];
      return form.ticked.includes(lineId(scope)) ? [eventOf(scope, 'agreed', answering)] : [];
    });
}

/** Changed answers: stopping is what follows an agreement, declining what precedes one. */
export function changedAnswers(
  scopes: readonly RequestedScope[],
  answers: (lineId: string) => string,
  answering: Answering,
): ConsentEvent[] {
  return scopes.flatMap((scope) => {
    const answer = answers(lineId(scope));
    if (answer === 'share' && scope.decision !== 'agreed') return [eventOf(scope, 'agreed', answering)];
    if (answer === 'stop' && scope.decision === 'agreed') return [eventOf(scope, 'stopped', answering)];
    if (answer === 'stop' && scope.decision === null) return [eventOf(scope, 'declined', answering)];
    return [];
  });
}

function eventOf(
  { studyId, conceptId }: RequestedScope,
  decision: Decision,
  { studyTextRead: textOf, ...answering }: Answering,
): ConsentEvent {
  return { studyId, conceptId, decision, ...answering, studyTextVersion: textOf(studyId) };
}
