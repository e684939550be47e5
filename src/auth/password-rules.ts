import { readFileSync } from 'node:fs';

const SHORTEST = 12;
const LONGEST = 128;
/** A shorter name is part of too many words. */
const SHORTEST_NAME = 4;

/**
 * Why this may not become the password of the account with this e-mail address; undefined when it may. As NIST 800-63B
 * and OWASP ASVS ask: long enough, not known to everybody, and no rule about which characters it is made of.
 */
export function passwordProblem(password: string, email: string): string | undefined {
  const length = Array.from(password).length;
  if (length < SHORTEST) return `At least ${SHORTEST} characters.`;
  if (length > LONGEST) return `At most ${LONGEST} characters.`;
  if (isCommon(password)) return 'Too many people use this password, or one much like it.';
  if (holdsName(password, email))
    return "It must not hold the account's e-mail name or the name of this service.";
  return undefined;
}

function isCommon(password: string): boolean {
  const plain = password.normalize('NFKC').toLowerCase();
  const unit = /^(.+?)\1+$/su.exec(plain)?.[1] ?? plain;
  return unit.length < SHORTEST_NAME || [plain, unit].some(isKnown);
}

/** On the list as it is, or without what is put around it and with the usual signs read as letters: `P@ssw0rd2026!`. */
function isKnown(text: string): boolean {
  const front = text.replace(/[^\p{L}]+$/u, '');
  const core = front.replace(/^[^\p{L}]+/u, '');
  return [text, core, inLetters(core), inLetters(front)].some((form) => commonPasswords().has(form));
}

function inLetters(text: string): string {
  return text.replace(/[^\p{L}]/gu, (sign) => LETTER_FOR[sign] ?? sign);
}

const LETTER_FOR: Readonly<Record<string, string>> = {
  ...{ '@': 'a', '4': 'a', '3': 'e', '1': 'i', '!': 'i', '0': 'o', $: 's', '5': 's', '7': 't' },
};

function holdsName(password: string, email: string): boolean {
  const [local = ''] = email.split(/[+@]/);
  const names = [local, 'wearable exchange'].map(lettersAndDigits);
  const text = lettersAndDigits(password);
  return names.some((name) => name.length >= SHORTEST_NAME && text.includes(name));
}

function lettersAndDigits(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

let list: ReadonlySet<string> | undefined;

/** Read when a password is set for the first time. */
function commonPasswords(): ReadonlySet<string> {
  list ??= new Set(
    readFileSync(new URL('./common-passwords/list.txt', import.meta.url), 'utf8')
      .trimEnd()
      .split('\n'),
  );
  return list;
}
