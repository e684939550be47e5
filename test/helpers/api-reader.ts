import { Agent } from 'undici';
import { hashToken, newToken } from '../../src/auth/tokens.js';
import { createAccessToken } from '../../src/db/access-tokens.js';
import type { Reading } from '../../src/db/reading.js';
import type { Sql } from '../../src/db/sql.js';
import { startHttp } from '../../src/http-server.js';
import { serverAlone } from './server-alone.js';

const MEMBER_MEGAN = 10003;

/** An answer of the API, and how long it took until its last byte was here. */
export interface Answered {
  readonly milliseconds: number;
  readonly body: unknown;
}

/** A member of the clinic who reads the API over a real connection, from a server that has a database alone. */
export async function apiReader(sql: Sql, url: string, given?: Reading) {
  const { server, reading } = serverAlone(sql, url, {}, given);
  const http = await startHttp(server, { port: 0, host: '127.0.0.1' });
  const agent = new Agent();
  const token = newToken();
  await createAccessToken(sql, {
    ...{ userId: MEMBER_MEGAN, name: 'measured', tokenHash: hashToken(token) },
    ...{ validDays: 1, access: 'read' as const },
  });

  /** `address` may be a link of an earlier answer, whatever host it names. */
  async function read(address: string): Promise<Answered> {
    const { pathname, search } = new URL(address, http.url);
    const began = performance.now();
    const { statusCode, body } = await agent.request({
      ...{ origin: http.url, path: `${pathname}${search}`, method: 'GET' },
      headers: { authorization: `Bearer ${token}` },
    });
    const bytes = Buffer.from(await body.arrayBuffer());
    const milliseconds = performance.now() - began;
    if (statusCode !== 200) throw new Error(`${pathname} answered ${statusCode}`);
    return { milliseconds, body: JSON.parse(bytes.toString()) as unknown };
  }
  return {
    read,
    reading,
    async close() {
      await agent.close();
      await http.stop();
      await reading.close();
    },
  };
}
