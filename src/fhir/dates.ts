import { Refused } from './refused.js';

/** A span of time as ISO texts; an end that is absent is open. */
export interface AskedSpan {
  readonly from?: string;
  readonly after?: string;
  readonly to?: string;
  readonly before?: string;
}

const DATE =
  /^(eq|ge|gt|le|lt)?(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

/**
 * What a date parameter asks for. A date that is less than a second exact stands for the whole of its year, month, day,
 * minute or second; without an offset it is UTC.
 */
export function askedSpan(name: string, text: string): AskedSpan {
  // A plus sign of an offset arrives as a blank when a client does not encode it.
  const parts = DATE.exec(text.replace(' ', '+'));
  const [, prefix = 'eq', year = '', month, day, time, offset = 'Z'] = parts ?? [];
  const start = Date.parse(`${year}-${month ?? '01'}-${day ?? '01'}T${fullTime(time)}${offset}`);
  if (parts === null || Number.isNaN(start) || !isDay(year, month, day) || year < '0002' || year > '9998') {
    throw new Refused(400, `${name}: not a date of FHIR.`);
  }
  const exact = time?.includes('.') === true;
  const first = exact ? withFraction(start, time) : iso(start);
  const beyond = exact ? undefined : iso(endOf(new Date(start), { month, day, time }));
  switch (prefix) {
    case 'ge':
      return { from: first };
    case 'lt':
      return { before: first };
    case 'gt':
      return beyond === undefined ? { after: first } : { from: beyond };
    case 'le':
      return beyond === undefined ? { to: first } : { before: beyond };
    default:
      return beyond === undefined ? { from: first, to: first } : { from: first, before: beyond };
  }
}

function fullTime(time = '00:00'): string {
  return time.length === 5 ? `${time}:00` : time.replace(/\.\d+$/, '');
}

function isDay(year: string, month = '01', day = '01'): boolean {
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === `${year}-${month}-${day}`;
}

const iso = (ms: number) => new Date(ms).toISOString();

function withFraction(start: number, time: string): string {
  return iso(start).replace('.000Z', `.${(time.split('.')[1] ?? '').padEnd(6, '0')}Z`);
}

function endOf(
  start: Date,
  { month, day, time }: Readonly<Record<'month' | 'day' | 'time', string | undefined>>,
): number {
  if (time !== undefined) return start.getTime() + (time.length === 5 ? 60_000 : 1000);
  if (day !== undefined) return start.getTime() + 86_400_000;
  const end = new Date(start);
  if (month === undefined) end.setUTCFullYear(end.getUTCFullYear() + 1);
  else end.setUTCMonth(end.getUTCMonth() + 1);
  return end.getTime();
}
