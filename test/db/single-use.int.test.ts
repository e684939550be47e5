import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hashToken, newToken } from '../../src/auth/tokens.js';
import { findCode, redeemForCode, spendCode } from '../../src/db/authorization-codes.js';
import { issueInvitation } from '../../src/db/invitations.js';
import { findRefreshToken, saveTokens, spendRefreshToken } from '../../src/db/token-families.js';
import { seededDatabase, type TestDatabase } from '../helpers/database.js';

const PETER = { patientId: 40001, userId: 10006 };
const MARY = 10002;
const OW_CLIENT = 6;
const WINDOW_HOURS = 12;

let database: TestDatabase;
let invitationHash: Buffer;
beforeAll(async () => {
  database = await seededDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  invitationHash = hashToken(newToken());
  await issueInvitation(database.sql, {
    ...{ patientId: PETER.patientId, clientId: OW_CLIENT, issuedBy: MARY, validDays: 7, isMailed: false },
    tokenHash: invitationHash,
  });
});

/** Redeems the invitation; answers the hash of the code it yields. */
async function redeemed(): Promise<Buffer | undefined> {
  const codeHash = hashToken(newToken());
  const code = { invitationHash, codeHash, validSeconds: 60, windowHours: WINDOW_HOURS };
  const challenge = { codeChallenge: 'challenge', redirectUri: 'https://app.example/' };
  return (await redeemForCode(database.sql, { ...code, ...challenge })) && codeHash;
}

const past = (hours: number) => new Date(Date.now() - hours * 3_600_000);
const change = (values: Record<string, Date>) =>
  database.sql`update invitations set ${database.sql(values)} where token_hash = ${invitationHash}`;

describe('an invitation', () => {
  it('is redeemed again only when its code has expired, and only within the window', async () => {
    expect(await redeemed()).toBeDefined();
    expect(await redeemed()).toBeUndefined();
    await change({ code_expires_at: past(1) });
    expect(await redeemed()).toBeDefined();
    await change({ code_expires_at: past(1), redeemed_at: past(WINDOW_HOURS + 1) });
    expect(await redeemed()).toBeUndefined();
  });

  it('is not redeemed after its end', async () => {
    await change({ expires_at: past(1) });
    expect(await redeemed()).toBeUndefined();
  });
});

describe('a code', () => {
  it('is spent once, whoever has read that it is not', async () => {
    const code = (await redeemed()) ?? Buffer.alloc(0);
    expect((await findCode(database.sql, code))?.isUsed).toBe(false);
    const spent = await Promise.all([spendCode(database.sql, code), spendCode(database.sql, code)]);
    expect(spent.sort()).toEqual([false, true]);
  });

  it('is not spent after its end', async () => {
    const code = (await redeemed()) ?? Buffer.alloc(0);
    await database.sql`update authorization_codes set expires_at = ${past(1)} where code_hash = ${code}`;
    expect(await spendCode(database.sql, code)).toBe(false);
  });
});

describe('a refresh token', () => {
  async function saved(): Promise<Buffer> {
    const refreshHash = hashToken(newToken());
    const later = new Date(Date.now() + 3_600_000);
    await saveTokens(database.sql, {
      ...{ familyId: undefined, userId: PETER.userId, clientId: 'ow-client', invitationId: null },
      ...{ accessHash: hashToken(newToken()), accessExpiresAt: later },
      ...{ refreshHash, refreshExpiresAt: later, scope: 'openid' },
    });
    return refreshHash;
  }

  it('is spent once, whoever has read that it is not', async () => {
    const token = await saved();
    const spent = await Promise.all([
      spendRefreshToken(database.sql, token),
      spendRefreshToken(database.sql, token),
    ]);
    expect(spent.sort()).toEqual([false, true]);
  });

  it.each(['revoked_at = now()', "created_at = now() - interval '366 days'"])(
    'is none of a family with %s',
    async (ended) => {
      const token = await saved();
      expect(await findRefreshToken(database.sql, token)).toBeDefined();
      await database.sql`
        update token_families f set ${database.sql.unsafe(ended)} from refresh_tokens r
        where r.family_id = f.id and r.token_hash = ${token}`;
      expect(await findRefreshToken(database.sql, token)).toBeUndefined();
    },
  );
});
