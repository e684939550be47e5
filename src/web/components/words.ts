/** `heart rate, sleep and steps` */
export function inWords(parts: readonly string[], locale = 'en-GB'): string {
  return new Intl.ListFormat(locale, { style: 'long', type: 'conjunction' }).format(parts);
}

/** `10,944` */
export function figure(count: number, locale = 'en-US'): string {
  return new Intl.NumberFormat(locale).format(count);
}

/** `1 day`, `3 days`: an English noun with its count. */
export function counted(count: number, noun: string): string {
  return `${figure(count)} ${noun}${count === 1 ? '' : 's'}`;
}
