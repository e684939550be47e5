import { reseal, sealedOtherwise, shelves, type SealedValue, type Shelf } from './db/sealed-values.js';
import type { Sql } from './db/sql.js';
import { NamedError } from './errors.js';
import type { SecretBox } from './secret-box.js';

const AT_ONCE = 500;

/** Seals everything under the current key that is not; yields as it goes on. It may stop anywhere and run again. */
export async function* rotateSecrets(
  sql: Sql,
  box: SecretBox,
): AsyncGenerator<{ readonly shelf: Shelf; readonly resealed: number }> {
  for (const shelf of shelves) {
    for await (const values of batches(sql, box, shelf)) {
      let resealed = 0;
      for (const value of values) {
        const anew = box.seal(value.name, box.open(value.name, value.sealed));
        if (await reseal(sql, shelf, value, anew)) resealed += 1;
      }
      yield { shelf, resealed };
    }
  }
}

/**
 * Refuses to go on with a key that cannot open what is stored: throws NamedError `SecretUnreadable`, which tells how to
 * go on. Dead letters are not looked at: they may be very many, and only their own page needs them.
 */
export async function requireReadableSecrets(sql: Sql, box: SecretBox): Promise<void> {
  for (const shelf of ['settings', 'signing keys'] as const) {
    const [first] = await sealedOtherwise(sql, shelf, box.head, null, 1);
    if (first === undefined) continue;
    try {
      box.open(first.name, first.sealed);
    } catch (cause) {
      throw new NamedError('SecretUnreadable', howToGoOn(shelf, first), { cause });
    }
  }
}

function howToGoOn(shelf: Shelf, { name }: SealedValue): string {
  const what = shelf === 'settings' ? `the setting ${name}` : `the ${name}`;
  return (
    `SECRET_KEY is not the key that ${what} was sealed with. Start with that key again; to change it, give the old one ` +
    `in SECRET_KEYS_RETIRED beside the new SECRET_KEY and run 'wearable-exchange secrets rotate'.`
  );
}

async function* batches(sql: Sql, box: SecretBox, shelf: Shelf): AsyncGenerator<SealedValue[]> {
  let after: string | null = null;
  do {
    const values: SealedValue[] = await sealedOtherwise(sql, shelf, box.head, after, AT_ONCE);
    if (values.length > 0) yield values;
    after = values.length < AT_ONCE ? null : (values.at(-1)?.id ?? null);
  } while (after !== null);
}
