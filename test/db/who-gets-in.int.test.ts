import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashToken, newToken } from '../../src/auth/tokens.js';
import { bearerOfAccessToken, createAccessToken, revokePersonalToken } from '../../src/db/access-tokens.js';
import {
  attemptOfState,
  failForeignReturn,
  openAttempt,
  saveAuthorizationUrl,
  startAttempt,
  takeReturn,
} from '../../src/db/connect-attempts.js';
import { issueInvitation } from '../../src/db/invitations.js';
import { arriveByLink, createSession, justOpened, touchSession } from '../../src/db/sessions.js';
import { saveTokens } from '../../src/db/token-families.js';
import { only } from '../../src/db/sql.js';
import { findUserWithRoles } from '../../src/db/users.js';
import { SEEDED_HASH, seededDatabase, type TestDatabase } from '../helpers/database.js';

const PETER = 40001;
const MARY = 10002;
const MEGAN = 10003;
const OW_CLIENT = 6;
const IDLE_MINUTES = 60;

let database: TestDatabase;
beforeAll(async () => {
  database = await seededDatabase();
});
afterAll(async () => {
  await database.drop();
});

const past = (hours: number) => new Date(Date.now() - hours * 3_600_000);
const later = new Date(Date.now() + 3_600_000);
const fresh = () => hashToken(newToken());

describe('a session', () => {
  const opened = async (passwordHash = SEEDED_HASH) => {
    const session = { idHash: fresh(), userId: MEGAN, csrf: newToken(), lifetimeMinutes: 600, passwordHash };
    return { is: await createSession(database.sql, session), idHash: session.idHash };
  };

  it('opens with the password that stands, not with one that was changed meanwhile', async () => {
    expect((await opened()).is).toBe(true);
    expect((await opened('another hash')).is).toBe(false);
  });

  it.each([{ expires_at: past(1) }, { seen_at: past(2) }])('is over with %j', async (values) => {
    const { sql } = database;
    const { idHash } = await opened();
    expect(await touchSession(sql, idHash, IDLE_MINUTES)).toBeDefined();
    await sql`update sessions set ${sql(values)} where id_hash = ${idHash}`;
    expect(await touchSession(sql, idHash, IDLE_MINUTES)).toBeUndefined();
  });

  it('is of the same click for a minute', async () => {
    const { sql } = database;
    const { idHash } = await opened();
    expect(await justOpened(sql, idHash)).toBe(true);
    await sql`update sessions set created_at = ${past(1)} where id_hash = ${idHash}`;
    expect(await justOpened(sql, idHash)).toBe(false);
  });
});

describe('a link', () => {
  /** An open invitation, and a link to it of this kind. */
  async function link(opens: 'invitation' | 'session', values: Record<string, Date> = {}) {
    const { sql } = database;
    const [invited, linked] = [fresh(), fresh()];
    const { issued } = await issueInvitation(sql, {
      ...{
        patientId: PETER,
        clientId: OW_CLIENT,
        issuedBy: MARY,
        validDays: 7,
        tokenHash: invited,
        isMailed: false,
      },
    });
    const row = { token_hash: linked, invitation_id: issued.id, opens, expires_at: later, ...values };
    await sql`insert into invitation_links ${sql(row)}`;
    return { invited, linked };
  }
  const arrives = async (tokenHash: Buffer) =>
    (await arriveByLink(database.sql, tokenHash, {
      ...{ idHash: fresh(), csrf: newToken(), lifetimeMinutes: 60 },
    })) !== undefined;

  it('to an invitation opens it once, and so does the invitation itself', async () => {
    const { invited, linked } = await link('invitation');
    expect([await arrives(linked), await arrives(linked), await arrives(invited)]).toEqual([
      true,
      false,
      false,
    ]);
    const other = await link('invitation');
    expect([await arrives(other.invited), await arrives(other.linked)]).toEqual([true, false]);
  });

  it('to an invitation opens nothing after the end of that', async () => {
    const { invited, linked } = await link('invitation');
    await database.sql`update invitations set expires_at = ${past(1)} where token_hash = ${invited}`;
    expect([await arrives(linked), await arrives(invited)]).toEqual([false, false]);
  });

  it('to a session opens one, once, and leaves the invitation as it is', async () => {
    const { invited, linked } = await link('session');
    expect([await arrives(linked), await arrives(linked), await arrives(invited)]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('to a session opens nothing after its end', async () => {
    expect(await arrives((await link('session', { expires_at: past(1) })).linked)).toBe(false);
  });
});

describe('an access token', () => {
  const made = async () => {
    const tokenHash = fresh();
    await createAccessToken(database.sql, {
      ...{ userId: MEGAN, name: 'notebook', tokenHash, validDays: 1, access: 'read' },
    });
    return tokenHash;
  };

  it.each([{ expires_at: past(1) }, { revoked_at: past(1) }])('is none with %j', async (values) => {
    const { sql } = database;
    const tokenHash = await made();
    const bearer = await bearerOfAccessToken(sql, tokenHash);
    expect(bearer?.access).toBe('read');
    expect(bearer?.identity).toEqual(await findUserWithRoles(sql, MEGAN));
    await sql`update access_tokens set ${sql(values)} where token_hash = ${tokenHash}`;
    expect(await bearerOfAccessToken(sql, tokenHash)).toBeUndefined();
  });

  it('is none of a family that was revoked', async () => {
    const { sql } = database;
    const accessHash = fresh();
    await saveTokens(sql, {
      ...{ familyId: undefined, userId: MEGAN, clientId: 'ow-client', invitationId: null },
      ...{ accessHash, accessExpiresAt: later, refreshHash: null, refreshExpiresAt: later, scope: 'openid' },
    });
    expect(await bearerOfAccessToken(sql, accessHash)).toBeDefined();
    await sql`update token_families set revoked_at = now()`;
    expect(await bearerOfAccessToken(sql, accessHash)).toBeUndefined();
  });

  it('is revoked by nobody but its owner', async () => {
    const { sql } = database;
    const tokenHash = await made();
    const { id } = only(
      await sql<{ id: number }[]>`select id from access_tokens where token_hash = ${tokenHash}`,
    );
    expect(await revokePersonalToken(sql, MARY, id)).toBe(false);
    expect(await revokePersonalToken(sql, MEGAN, id)).toBe(true);
  });
});

describe('an attempt to connect', () => {
  const begun = async () => {
    const [sessionHash, returnHash] = [fresh(), fresh()];
    const attempt = { patientId: PETER, provider: 'oura', sessionHash, returnHash, validMinutes: 15 };
    const { started } = await startAttempt(database.sql, attempt);
    return { sessionHash, returnHash, id: started.id };
  };

  it('is returned to once, by the browser that began it', async () => {
    const { sql } = database;
    const { sessionHash, returnHash } = await begun();
    expect(await takeReturn(sql, returnHash, fresh())).toBeUndefined();
    expect(await takeReturn(sql, returnHash, sessionHash)).toBeDefined();
    expect(await takeReturn(sql, returnHash, sessionHash)).toBeUndefined();
  });

  it('is failed by another browser alone, and seen by its own alone', async () => {
    const { sql } = database;
    const { sessionHash, returnHash } = await begun();
    expect(await openAttempt(sql, PETER, fresh())).toBeUndefined();
    expect(await openAttempt(sql, PETER, sessionHash)).toBeDefined();
    expect(await failForeignReturn(sql, returnHash, sessionHash)).toBeUndefined();
    expect(await failForeignReturn(sql, returnHash, fresh())).toBeDefined();
  });

  it('is found by the state of its sign-in for an hour', async () => {
    const { sql } = database;
    const { id } = await begun();
    await saveAuthorizationUrl(sql, id, `https://cloud.ouraring.com/oauth/authorize?state=${id}`, null);
    expect(await attemptOfState(sql, id)).toBeDefined();
    await sql`update connect_attempts set started_at = ${past(2)} where id = ${id}`;
    expect(await attemptOfState(sql, id)).toBeUndefined();
  });
});
