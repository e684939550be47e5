import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSecretBox, secretBoxOf } from '../src/secret-box.js';

const OLD = 'the old key of this test, long enough';
const NEW = 'the new key of this test, long enough';
/** Made within each test, so that a test fails when none can be made. */
const newBox = () => createSecretBox(NEW);
const failure = (why: string) =>
  expect.objectContaining({
    name: 'SecretUnreadable',
    message: `ow.api_key cannot be decrypted: ${why}`,
  }) as Error;
const changed = failure('what is stored was changed, or stored under another name');
const otherKey = failure('SECRET_KEY is not the one it was stored with');

describe('what is sealed', () => {
  it('opens again, every letter of it', () => {
    for (const plain of ['', 'sk-planted', 'clé 鍵 🔑'.repeat(50)])
      expect(newBox().open('ow.api_key', newBox().seal('ow.api_key', plain))).toBe(plain);
  });

  it('is never sealed alike twice, and shows nothing', () => {
    const [one, other] = [
      newBox().seal('ow.api_key', 'sk-planted'),
      newBox().seal('ow.api_key', 'sk-planted'),
    ];
    expect(one.equals(other)).toBe(false);
    expect(one.toString('latin1')).not.toContain('planted');
  });

  it('begins with a version and the id of its key, from which the key cannot be told', () => {
    const sealed = newBox().seal('ow.api_key', 'sk-planted');
    expect(sealed.subarray(0, 9).equals(newBox().head)).toBe(true);
    expect(newBox().head[0]).toBe(2);
    expect(newBox().head).toHaveLength(9);
    // What is stored by one version is opened by the next: the id is worked out here apart from the code.
    const bytes = createHash('sha256').update(`wearable-exchange/secret-box/${NEW}`).digest();
    const id = createHash('sha256')
      .update(Buffer.concat([Buffer.from('key id/'), bytes]))
      .digest();
    expect(newBox().head.subarray(1).equals(id.subarray(0, 8))).toBe(true);
    expect(sealed).toHaveLength(9 + 12 + 16 + 'sk-planted'.length);
  });

  it('does not open under another name', () => {
    const sealed = newBox().seal('ow.s3.secret_access_key', 'sk-planted');
    expect(() => newBox().open('ow.api_key', sealed)).toThrow(changed);
  });

  it('does not open with any bit of it changed, nor cut short', () => {
    const sealed = newBox().seal('ow.api_key', 'sk');
    for (let place = 9; place < sealed.length; place += 1) {
      const other = Buffer.from(sealed);
      other[place] = (other[place] ?? 0) ^ 1;
      expect(() => newBox().open('ow.api_key', other), `byte ${place}`).toThrow(changed);
    }
    expect(() => newBox().open('ow.api_key', sealed.subarray(0, 20))).toThrow(changed);
  });

  it('does not open with another key, or another version, and says which', () => {
    const sealed = createSecretBox(OLD).seal('ow.api_key', 'sk-planted');
    expect(() => newBox().open('ow.api_key', sealed)).toThrow(otherKey);
    expect(() =>
      newBox().open('ow.api_key', Buffer.concat([Buffer.from([1]), newBox().head.subarray(1)])),
    ).toThrow(otherKey);
  });
});

describe('a key that was changed', () => {
  const both = () => secretBoxOf({ SECRET_KEY: NEW, SECRET_KEYS_RETIRED: [OLD] });

  it('still opens what it sealed, once it is among the retired', () => {
    const sealed = createSecretBox(OLD).seal('ow.api_key', 'sk-planted');
    expect(both().open('ow.api_key', sealed)).toBe('sk-planted');
  });

  it('seals nothing any more', () => {
    expect(both().head.equals(newBox().head)).toBe(true);
    expect(newBox().open('ow.api_key', both().seal('ow.api_key', 'sk-planted'))).toBe('sk-planted');
  });
});
