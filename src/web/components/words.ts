/** Making these takes longer than using them a hundred times; other languages are asked for seldom. */
const british = new Intl.ListFormat('en-GB', { style: 'long', type: 'conjunction' });
const american = new Intl.NumberFormat('en-US');

/** `heart rate, sleep and steps` */
export function inWords(parts: readonly string[], locale = 'en-GB'): string {
  const list =
    locale === 'en-GB' ? british : new Intl.ListFormat(locale, { style: 'long', type: 'conjunction' });
  return list.format(parts);
}

/** `10,944` */
export function figure(count: number, locale = 'en-US'): string {
  return (locale === 'en-US' ? american : new Intl.NumberFormat(locale)).format(count);
}

/** `1 day`, `3 days`: an English noun with its count. */
export function counted(count: number, noun: string): string {
  return `${figure(count)} ${noun}${count === 1 ? '' : 's'}`;
}
