/** Everything readable in a value of whatever depth: texts, numbers, names of fields, and what is wrapped in bytes or base64. */
export function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield* unwrapped(value);
  else if (typeof value === 'number' || typeof value === 'bigint') yield String(value);
  else if (value instanceof Uint8Array) yield* unwrapped(Buffer.from(value).toString());
  else if (typeof value === 'object' && value !== null) {
    for (const [name, entry] of value instanceof Map ? value : Object.entries(value)) {
      yield String(name);
      yield* textsOf(entry);
    }
  }
}

const BASE64 = /[A-Za-z0-9+/_-]{16,}={0,2}/g;

function* unwrapped(text: string): Generator<string> {
  yield text;
  for (const [wrapped] of text.matchAll(BASE64)) yield Buffer.from(wrapped, 'base64').toString();
}

/** Which of these values can be read somewhere in the texts, and where; letter case does not hide them. */
export function findIn(texts: Iterable<string>, planted: Readonly<Record<string, string>>): string[] {
  const found: string[] = [];
  for (const text of texts) {
    const lower = text.toLowerCase();
    for (const [name, secret] of Object.entries(planted)) {
      if (lower.includes(secret.toLowerCase())) found.push(`${name} in ${text.slice(0, 200)}`);
    }
  }
  return found;
}
