const lists = new Intl.ListFormat('en-GB', { style: 'long', type: 'conjunction' });
const numbers = new Intl.NumberFormat('en-US');

/** `heart rate, sleep and steps` */
export function inWords(parts: readonly string[]): string {
  return lists.format(parts);
}

/** `10,944` */
export function figure(count: number): string {
  return numbers.format(count);
}

/** `1 day`, `3 days`: an English noun with its count. */
export function counted(count: number, noun: string): string {
  return `${figure(count)} ${noun}${count === 1 ? '' : 's'}`;
}
