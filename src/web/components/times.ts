/** Dates and times as the pages write them: 09:44, 21 November 2026, always in a named IANA zone. */

/** How staff and operators read them; patients are asked. */
const english = 'en-GB';

function format(at: Date, zone: string, locale: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }).format(at);
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
