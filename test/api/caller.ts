import { hashToken, newToken } from '../../src/auth/tokens.js';
import { createAccessToken } from '../../src/db/access-tokens.js';
import { findUserIdByEmail } from '../../src/db/users.js';
import type { TestWorld } from '../helpers/test-world.js';

/** What an API client sees of an answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A client of the API with the token of one account. */
export class Caller {
  private constructor(
    private readonly world: TestWorld,
    private readonly token: string,
  ) {}

  static async of(world: TestWorld, email: string): Promise<Caller> {
    return new Caller(world, await Caller.tokenOf(world, email));
  }

  static async tokenOf(world: TestWorld, email: string): Promise<string> {
    const userId = await findUserIdByEmail(world.app.sql, email);
    if (userId === undefined) throw new Error(`nobody has the address ${email}`);
    const token = newToken();
    await createAccessToken(world.app.sql, {
      ...{ userId, name: 'test', tokenHash: hashToken(token), validDays: 1, access: 'write' },
    });
    return token;
  }

  async get(path: string): Promise<Answer> {
    return this.#call(path, { method: 'GET' }, {});
  }

  /** Sends JSON, a text as it is, or nothing. */
  async post(path: string, body: unknown, type = 'application/json'): Promise<Answer> {
    if (body === undefined) return this.#call(path, { method: 'POST' }, {});
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return this.#call(path, { method: 'POST', body: text }, { 'content-type': type });
  }

  /** The same by any method. */
  async send(method: string, path: string, body?: unknown): Promise<Answer> {
    if (body === undefined) return this.#call(path, { method }, {});
    return this.#call(path, { method, body: JSON.stringify(body) }, { 'content-type': 'application/json' });
  }

  /** Sends a form: as the original's pages do, or in parts. */
  async form(method: string, path: string, body: URLSearchParams | FormData): Promise<Answer> {
    return this.#call(path, { method, body }, {});
  }

  async #call(
    path: string,
    request: RequestInit,
    headers: Readonly<Record<string, string>>,
  ): Promise<Answer> {
    const answer = await fetch(new URL(path, this.world.config.SITE_URL), {
      ...request,
      headers: { authorization: `Bearer ${this.token}`, ...headers },
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: text === '' ? null : (JSON.parse(text) as unknown),
    };
  }
}
