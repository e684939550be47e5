/** Dates and times as the pages write them: 09:44, 21 November 2026, always in a named IANA zone. */

/** How staff and operators read them; patients are asked. */
const english = 'en-GB';

function format(at: Date, zone: string, locale: string, options: Intl.DateTimeFormatOptions): string {
  return formatOf(locale, zone, options).format(at);
}

/** Making a format takes longer than using it a hundred times, and a page has hundreds of dates. */
const formats = new Map<string, Intl.DateTimeFormat>();
/** More than all zones in a few languages; a browser may ask for any. */
const MOST_FORMATS = 5_000;

function formatOf(locale: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = [locale, zone, JSON.stringify(options)].join('|');
  const known = formats.get(key);
  if (known !== undefined) return known;
  if (formats.size >= MOST_FORMATS) formats.clear();
  const made = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
  formats.set(key, made);
  return made;
}

/** `09:44` */
export function clockTime(at: Date, zone: string, locale = english): string {
  return format(at, zone, locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** `09:44:02`, for the log, where several steps share a minute. */
export function clockSeconds(at: Date, zone: string, locale = english): string {
  return format(at, zone, locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
}

/** `21 November 2026` */
export function longDate(at: Date, zone: string, locale = english): string {
  return format(at, zone, locale, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** `Saturday 28 November 2026`, `sábado 28 de noviembre de 2026`: a day somebody has to remember. */
export function weekdayDate(at: Date, zone: string, locale = english): string {
  const date = longDate(at, zone, locale);
  const separator = /^\d/.test(date) ? ' ' : ', ';
  return `${format(at, zone, locale, { weekday: 'long' })}${separator}${date}`;
}

/** `14 Oct`, `14 oct`: a day of this year, in little room. */
export function dayAndMonth(at: Date, zone: string, locale: string): string {
  return format(at, zone, locale, { day: 'numeric', month: 'short' });
}

/** `21 Nov`, for tables. */
export function shortDate(at: Date, zone: string): string {
  const day = format(at, zone, english, { day: 'numeric' });
  return `${day} ${format(at, zone, english, { month: 'long' }).slice(0, 3)}`;
}

/** `2026-11-21`: the calendar day of a moment. */
export function isoDay(at: Date, zone: string): string {
  return format(at, zone, 'en-CA', { dateStyle: 'short' });
}
