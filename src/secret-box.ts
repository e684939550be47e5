import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { NamedError } from './errors.js';

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts what must be unreadable at rest. `name` (a setting's key, a row's purpose) is bound to the ciphertext. */
export interface SecretBox {
  seal(name: string, plain: string): Buffer;
  /** Throws NamedError `SecretUnreadable` when the key, the name or the bytes are not those of `seal`. */
  open(name: string, sealed: Buffer): string;
}

/** AES-256-GCM under a key derived from `passphrase` (at least 32 characters of randomness). */
export function createSecretBox(passphrase: string): SecretBox {
  const key = createHash('sha256').update('wearable-exchange/secret-box/').update(passphrase).digest();
  return {
    seal(name, plain) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(name));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.from([VERSION]), iv, cipher.getAuthTag(), body]);
    },
    open(name, sealed) {
      try {
        const iv = sealed.subarray(1, 1 + IV_BYTES);
        const tag = sealed.subarray(1 + IV_BYTES, 1 + IV_BYTES + TAG_BYTES);
        const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(name)).setAuthTag(tag);
        const body = sealed.subarray(1 + IV_BYTES + TAG_BYTES);
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
      } catch (cause) {
        throw new NamedError(
          'SecretUnreadable',
          `${name} cannot be decrypted: SECRET_KEY is not the one it was stored with`,
          {
            cause,
          },
        );
      }
    },
  };
}
