import { convertRecords, convertSamples, nameOf, type Attempt } from './activities/page.js';
import type { Patient } from './db/patients.js';
import { bloodPressure, DIASTOLIC, SYSTOLIC } from './omh/blood-pressure.js';
import type { DataType } from './omh/data-type.js';
import { isFields } from './omh/fields.js';
import type { Measurement } from './omh/measurement.js';
import { pairBloodPressure } from './omh/pair-blood-pressure.js';
import { dataTypeNamed, dataTypesOfSeries, endpointsOf, isDataTypeName } from './omh/registry.js';
import { convertRecords as convertRawRecords, fedBy } from './raw-payloads/convert-records.js';

/** A dead letter with its original in the clear. */
export interface OpenedLetter {
  readonly id: number;
  readonly dataType: string;
  /** The series or endpoint it was read from. */
  readonly series: string;
  readonly record: unknown;
}

/** What today's converters make of a letter, or of two that are the halves of one blood pressure. */
export interface Trial {
  readonly letters: readonly OpenedLetter[];
  readonly identifierSystem: 'ow:normalized' | 'ow:raw';
  readonly attempts: readonly Attempt[];
  /** Of a half without its partner: the reading it belongs to, known by its identifier only. */
  readonly awaited?: Measurement;
}

type Subject = Pick<Patient, 'id' | 'reference' | 'timeZone'>;

/** Converts letters of one patient again, by today's converters. `letters` come with those that were seen last first. */
export function tryLetters(letters: readonly OpenedLetter[], patient: Subject): Trial[] {
  const halves = letters.filter(({ dataType }) => dataType === bloodPressure.name);
  const others = letters.filter(({ dataType }) => dataType !== bloodPressure.name);
  return [...tryHalves(halves.toReversed(), patient), ...others.map((letter) => tryLetter(letter, patient))];
}

function tryLetter(letter: OpenedLetter, patient: Subject): Trial {
  const { dataType, series, record } = letter;
  const type = isDataTypeName(dataType) ? dataTypeNamed(dataType) : undefined;
  if (type !== undefined && isRaw(letter)) {
    const context = { subject: patient.reference, timeZone: patient.timeZone };
    const attempts = convertRawRecords([record], series, [type], context);
    return { letters: [letter], identifierSystem: 'ow:raw', attempts };
  }
  const attempts = attemptsOf(letter, type, patient);
  return { letters: [letter], identifierSystem: 'ow:normalized', attempts };
}

/** Whether a letter was read from the vendor's own payloads. */
export function isRaw({ dataType, series }: Pick<OpenedLetter, 'dataType' | 'series'>): boolean {
  return isDataTypeName(dataType) && fedBy(series, [dataTypeNamed(dataType)]).length > 0;
}

function attemptsOf(
  { series, record }: OpenedLetter,
  type: DataType | undefined,
  patient: Subject,
): readonly Attempt[] {
  if (type !== undefined && endpointsOf(type).includes(series))
    return convertRecords([record], series, patient, [type]).attempts;
  // A series that nothing could read may have got its data types since.
  return convertSamples([record], patient, type === undefined ? dataTypesOfSeries(series) : [type]).attempts;
}

/** Halves find their partners among each other; of a half that came twice the one seen last counts. */
function tryHalves(letters: readonly OpenedLetter[], patient: Subject): Trial[] {
  const owners = new Map<unknown, OpenedLetter>();
  for (const letter of letters) {
    const halves: readonly unknown[] = Array.isArray(letter.record) ? letter.record : [letter.record];
    for (const half of halves) owners.set(half, letter);
  }
  const ownersOf = (halves: readonly unknown[]) => [
    ...new Set(halves.flatMap((half) => owners.get(half) ?? [])),
  ];
  const { attempts, held } = convertSamples([...owners.keys()], patient, [bloodPressure]);
  const identifierSystem = 'ow:normalized';
  const tried = attempts.map((attempt) => {
    const halves: readonly unknown[] = Array.isArray(attempt.record) ? attempt.record : [attempt.record];
    return { letters: ownersOf(halves), identifierSystem, attempts: [attempt] } as const;
  });
  const waiting = held.map((half) => {
    const awaited = readingOf(half, patient);
    return {
      letters: ownersOf([half]),
      identifierSystem,
      attempts: [],
      ...(awaited && { awaited }),
    } as const;
  });
  return [...tried, ...waiting];
}

/** The reading that a half belongs to. Its identifier is right, its values are not: they are the half's own, twice. */
function readingOf(half: unknown, { reference, timeZone }: Subject): Measurement | undefined {
  if (!isFields(half)) return undefined;
  const partner = { ...half, type: nameOf(half) === SYSTOLIC ? DIASTOLIC : SYSTOLIC };
  return pairBloodPressure([half, partner], { subject: reference, timeZone }).readings[0]?.measurement;
}
