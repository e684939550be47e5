// Writes src/auth/common-passwords/list.txt: npx tsx dev/common-passwords.ts
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dictionary } from '@zxcvbn-ts/language-common';

const FILE = new URL('../src/auth/common-passwords/list.txt', import.meta.url);
/** Passwords that are only words are looked for inside longer ones, as far down the list as people really use them. */
const USUAL = 10_000;
const SHORTEST = 12;

/** All passwords of the list that are long enough to be tried, and the words that the most used ones are made of. */
export function commonPasswordsText(): string {
  const known = dictionary['passwords-common'].map((password) => password.toLowerCase());
  const long = known.filter((password) => password.length >= SHORTEST);
  const words = known.slice(0, USUAL).filter((password) => /^\p{L}{4,}$/u.test(password));
  return `${[...new Set([...long, ...words])].sort().join('\n')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(FILE, commonPasswordsText());
