/** Dates and times as the pages write them: 09:44, 21 November 2026, always in a named IANA zone. */

const english = 'en-GB';

function format(at: Date, zone: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(english, { ...options, timeZone: zone }).format(at);
}

/** `09:44` */
export function clockTime(at: Date, zone: string): string {
  return format(at, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** `09:44:02`, for the log, where several steps share a minute. */
export function clockSeconds(at: Date, zone: string): string {
  return format(at, zone, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
}

/** `21 November 2026` */
export function longDate(at: Date, zone: string): string {
  return format(at, zone, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** `Saturday 28 November 2026`: a day somebody has to remember. */
export function weekdayDate(at: Date, zone: string): string {
  return `${format(at, zone, { weekday: 'long' })} ${longDate(at, zone)}`;
}

/** `21 Nov`, for tables. */
export function shortDate(at: Date, zone: string): string {
  return `${format(at, zone, { day: 'numeric' })} ${format(at, zone, { month: 'long' }).slice(0, 3)}`;
}
