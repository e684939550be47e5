import { hash, verify } from '@node-rs/argon2';

/** Argon2id with the library's defaults (19 MiB, 2 passes), which are OWASP's minimum. */
export async function hashPassword(password: string): Promise<string> {
  return hash(password);
}

let decoy: Promise<string> | undefined;

/**
 * Whether the password fits the stored hash. Without a stored hash it takes as long and answers false, so that the
 * time does not tell which accounts exist.
 */
export async function passwordFits(password: string, stored: string | undefined): Promise<boolean> {
  decoy ??= hashPassword('an account that does not exist');
  const fits = await verify(stored ?? (await decoy), password);
  return fits && stored !== undefined;
}
