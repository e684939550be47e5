import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { Config } from './config.js';
import { NamedError } from './errors.js';

const VERSION = 2;
const KEY_ID_BYTES = 8;
const HEAD_BYTES = 1 + KEY_ID_BYTES;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts what must be unreadable at rest. `name` (a setting's key, a row's purpose) is bound to the ciphertext. */
export interface SecretBox {
  /** What everything sealed under the current key begins with: a version and the id of the key. */
  readonly head: Buffer;
  seal(name: string, plain: string): Buffer;
  /** Throws NamedError `SecretUnreadable` when the key, the name or the bytes are not those of `seal`. */
  open(name: string, sealed: Buffer): string;
}

interface Key {
  readonly head: Buffer;
  readonly bytes: Buffer;
}

/** Seals under the configured key; opens under it and under those it followed. */
export function secretBoxOf({
  SECRET_KEY: current,
  SECRET_KEYS_RETIRED: retired,
}: Pick<Config, 'SECRET_KEY' | 'SECRET_KEYS_RETIRED'>): SecretBox {
  return createSecretBox(current, retired);
}

/**
 * AES-256-GCM under a key derived from `passphrase` (at least 32 characters of randomness). Associated data are the
 * version, the id of the key and the name, so none of them can be exchanged.
 */
export function createSecretBox(passphrase: string, retired: readonly string[] = []): SecretBox {
  const current = keyOf(passphrase);
  const keys = [current, ...retired.map(keyOf)];
  return {
    head: current.head,
    seal(name, plain) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', current.bytes, iv).setAAD(associated(current, name));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([current.head, iv, cipher.getAuthTag(), body]);
    },
    open(name, sealed) {
      const key = keys.find(({ head }) => head.equals(sealed.subarray(0, HEAD_BYTES)));
      if (key === undefined) throw unreadable(name, 'SECRET_KEY is not the one it was stored with');
      try {
        const [iv, tag, body] = parts(sealed);
        const decipher = createDecipheriv('aes-256-gcm', key.bytes, iv).setAAD(associated(key, name));
        return Buffer.concat([decipher.setAuthTag(tag).update(body), decipher.final()]).toString('utf8');
      } catch (cause) {
        throw unreadable(name, 'what is stored was changed, or stored under another name', cause);
      }
    },
  };
}

function keyOf(passphrase: string): Key {
  const bytes = createHash('sha256').update('wearable-exchange/secret-box/').update(passphrase).digest();
  const id = createHash('sha256').update('key id/').update(bytes).digest().subarray(0, KEY_ID_BYTES);
  return { bytes, head: Buffer.concat([Buffer.from([VERSION]), id]) };
}

function associated({ head }: Key, name: string): Buffer {
  return Buffer.concat([head, Buffer.from(name)]);
}

function parts(sealed: Buffer): [iv: Buffer, tag: Buffer, body: Buffer] {
  const rest = sealed.subarray(HEAD_BYTES);
  return [
    rest.subarray(0, IV_BYTES),
    rest.subarray(IV_BYTES, IV_BYTES + TAG_BYTES),
    rest.subarray(IV_BYTES + TAG_BYTES),
  ];
}

function unreadable(name: string, why: string, cause?: unknown): NamedError {
  return new NamedError('SecretUnreadable', `${name} cannot be decrypted: ${why}`, { cause });
}
