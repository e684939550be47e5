import { Agent } from 'undici';
import { hashToken, newToken } from '../src/auth/tokens.js';
import { createAccessToken } from '../src/db/access-tokens.js';
import { createSession } from '../src/db/sessions.js';
import { only } from '../src/db/sql.js';
import type { ApiProcess, BenchWorld } from './world.js';

const MEMBER_MEGAN = 10003;

/** A member of the clinic who reads over real connections: the API with a token, pages of the staff with a session. */
export interface ApiClient extends ApiProcess {
  /** The body of an answer that is 200; anything else is thrown. */
  read(address: string): Promise<string>;
  close(): Promise<void>;
}

export async function openApiClient(world: BenchWorld): Promise<ApiClient> {
  const { sql } = world.app;
  const [api, token, session] = [await world.startApi(), newToken(), newToken()];
  await createAccessToken(sql, {
    ...{ userId: MEMBER_MEGAN, name: 'bench', tokenHash: hashToken(token), validDays: 1, access: 'read' },
  });
  const { passwordHash } = only(
    await sql<{ passwordHash: string }[]>`
      select password_hash as "passwordHash" from users where id = ${MEMBER_MEGAN}`,
  );
  await createSession(sql, {
    ...{
      idHash: hashToken(session),
      userId: MEMBER_MEGAN,
      csrf: newToken(),
      lifetimeMinutes: 60,
      passwordHash,
    },
  });
  const agent = new Agent();
  return {
    ...api,
    async read(address) {
      const isPage = address.startsWith('/admin/');
      const { statusCode, body } = await agent.request({
        ...{ origin: api.url, path: address, method: 'GET' },
        headers: isPage ? { cookie: `session=${session}` } : { authorization: `Bearer ${token}` },
      });
      const text = await body.text();
      if (statusCode !== 200) throw new Error(`${address} answered ${statusCode}`);
      return text;
    },
    close: () => agent.close(),
  };
}
