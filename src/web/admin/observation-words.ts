import type { ObservationRow } from '../../db/readable-observations.js';
import { dataTypeNamed, isDataTypeName } from '../../omh/registry.js';
import { clockSeconds, clockTime, shortDate } from '../components/times.js';
import { figure } from '../components/words.js';

const DAY_MS = 86_400_000;

/** `21 Nov 09:48:12`, `20 Nov 23:11 – 06:52`, or a day: as the patient's clock had it. */
export function measuredWords({ startUtc, endUtc }: ObservationRow, zone: string): string {
  const start = new Date(startUtc);
  if (endUtc === null) return `${shortDate(start, zone)} ${clockSeconds(start, zone)}`;
  const end = new Date(endUtc);
  const isWholeDay =
    clockTime(start, zone) === '00:00' && end.getTime() - start.getTime() >= DAY_MS - 3_600_000;
  if (isWholeDay) return shortDate(start, zone);
  return `${shortDate(start, zone)} ${clockTime(start, zone)} – ${clockTime(end, zone)}`;
}

/** `71 beats/min`, `8,412 steps`, `3 h 40 min light sleep`: the number there is, or the first few of several. */
export function valueWords(
  dataType: string,
  value: number | null,
  details: Readonly<Record<string, unknown>> | null,
): string {
  if (value !== null) {
    const unit = isDataTypeName(dataType) ? dataTypeNamed(dataType).quantity?.unit : undefined;
    return `${numberWords(value)}${unit === undefined ? '' : ` ${unit}`}`;
  }
  const numbers = Object.entries(details ?? {}).flatMap(([name, part]) => quantityWords(name, part));
  return numbers.slice(0, 3).join(', ') || 'several values';
}

function quantityWords(name: string, part: unknown): string[] {
  if (typeof part !== 'object' || part === null || !('value' in part)) return [];
  const { value } = part;
  const unit = 'unit' in part && typeof part.unit === 'string' ? part.unit : '';
  if (typeof value !== 'number') return [];
  const words = name.replaceAll('_', ' ').replace(/ duration$/, '');
  if (unit === 'sec') return [`${durationWords(value)} ${words}`];
  return [unit === 'steps' ? `${figure(value)} steps` : `${words} ${numberWords(value)} ${unit}`];
}

function durationWords(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function numberWords(value: number): string {
  return Number.isInteger(value) ? figure(value) : figure(Math.round(value * 100) / 100);
}
