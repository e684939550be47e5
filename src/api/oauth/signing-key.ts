import type { SigningKey } from '../../auth/id-token.js';
import { newSigningKey } from '../../auth/id-token.js';
import { addFirstSigningKey, findSigningKey } from '../../db/signing-keys.js';
import type { Sql } from '../../db/sql.js';
import type { SecretBox } from '../../secret-box.js';

const PURPOSE = 'signing key';

/** The key that signs id tokens: the same in every process, made when it is asked for first. */
export async function signingKey(sql: Sql, box: SecretBox): Promise<SigningKey> {
  let stored = await findSigningKey(sql);
  if (stored === undefined) {
    const { id, privateKey, publicKey } = newSigningKey();
    await addFirstSigningKey(sql, { id, privateKey: box.seal(PURPOSE, privateKey), publicKey });
    stored = await findSigningKey(sql);
  }
  if (stored === undefined) throw new Error('the signing key that was just stored is gone');
  return { ...stored, privateKey: box.open(PURPOSE, stored.privateKey) };
}
