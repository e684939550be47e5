import { hash, verify } from '@node-rs/argon2';

/** OWASP's minimum for Argon2id, the library's default algorithm: 19 MiB, 2 passes, one lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export async function hashPassword(password: string): Promise<string> {
  return hash(normalized(password), PARAMETERS);
}

let decoy: Promise<string> | undefined;

/**
 * Whether the password fits the stored hash. Without a stored hash it takes as long and answers false, so that the
 * time does not tell which accounts exist.
 */
export async function passwordFits(password: string, stored: string | undefined): Promise<boolean> {
  decoy ??= hashPassword('an account that does not exist');
  const fits = await verify(stored ?? (await decoy), normalized(password));
  return fits && stored !== undefined;
}

/** Keyboards write the same letter in several ways. */
function normalized(password: string): string {
  return password.normalize('NFKC');
}
