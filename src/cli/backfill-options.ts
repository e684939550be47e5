import { InvalidArgumentError } from 'commander';
import { dataTypeOfCode, dataTypes, isDataTypeName } from '../omh/registry.js';

/** The begin of a day, or a time, in the operator's zone unless the time names its own. */
export function startOf(text: string): Date {
  return dayOf(text) ?? timeOf(text);
}

/** The end of a day, or a time. */
export function endOf(text: string): Date {
  const day = dayOf(text);
  if (day === undefined) return timeOf(text);
  day.setDate(day.getDate() + 1);
  return day;
}

/** Names of data types and codes, which may stand for several; each once. */
export function typesOf(text: string): string[] {
  const words = [...new Set(text.split(',').map((word) => word.trim()))];
  const unknown = words.filter((word) => !isDataTypeName(word) && dataTypeOfCode(word) === undefined);
  if (unknown.length === 0) return words;
  const known = dataTypes.map(({ name, schemaId }) => `  ${name} (${schemaId})`);
  throw new InvalidArgumentError(`no data type: ${unknown.join(', ')}. Known are:\n${known.join('\n')}`);
}

/** Local midnight; undefined when the text is no day. A day that no month has is refused. */
function dayOf(text: string): Date | undefined {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  const date = new Date(Number(year), Number(month) - 1, Number(day));
  if (date.getDate() !== Number(day) || date.getMonth() !== Number(month) - 1) throw notATime();
  return date;
}

function timeOf(text: string): Date {
  const time = new Date(text);
  if (Number.isNaN(time.getTime()) || !/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)) throw notATime();
  return time;
}

function notATime(): InvalidArgumentError {
  return new InvalidArgumentError('must be a day (2026-01-31) or an ISO time (2026-01-31T12:00)');
}
