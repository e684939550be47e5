import { z } from 'zod';

const granted = z.object({
  grant: z.object({
    grant_type: z.literal('authorization_code'),
    redirect_uri: z.url(),
    client_id: z.string(),
    code: z.string(),
  }),
  token_endpoint: z.url(),
  expires: z.iso.datetime(),
});
export type Granted = z.infer<typeof granted>;

const tokens = z.object({
  access_token: z.string(),
  expires_in: z.literal(1_209_600),
  token_type: z.literal('Bearer'),
  scope: z.literal('openid email'),
  refresh_token: z.string(),
  id_token: z.string(),
});
export type Tokens = z.infer<typeof tokens>;

/** The page of the original's client, without its page: what it sends, step by step. */
export class OriginalClient {
  constructor(private readonly site: string) {}

  /** The token of an invitation link; the page splits the code in exactly two parts. */
  static tokenOf(link: string): string {
    const parts = (new URL(link).searchParams.get('code') ?? '').split('_');
    if (parts.length !== 2) throw new Error('the code has two parts');
    return parts[1] ?? '';
  }

  async redeem(token: string): Promise<Response> {
    return fetch(`${this.site}/api/v1/invitation/${token}`, { method: 'POST' });
  }

  async granted(token: string): Promise<Granted> {
    return granted.parse(await (await this.redeem(token)).json());
  }

  async form(fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) {
    return fetch(`${this.site}/o/token/`, { method: 'POST', body: new URLSearchParams(fields), headers });
  }

  /** What the page sends; the verifier is made of the token. */
  static exchange({ grant }: Granted, token: string): Record<string, string> {
    return { ...grant, code_verifier: Buffer.from(token).toString('base64').replaceAll('=', '') };
  }

  async signIn(token: string): Promise<Tokens> {
    const answer = await this.form(OriginalClient.exchange(await this.granted(token), token));
    return tokens.parse(await answer.json());
  }

  async refreshed(tokensBefore: Tokens): Promise<Response> {
    return this.form({
      grant_type: 'refresh_token',
      refresh_token: tokensBefore.refresh_token,
      client_id: 'ow-client',
    });
  }

  static tokensOf(body: unknown): Tokens {
    return tokens.parse(body);
  }

  async call(method: string, path: string, token: string, body?: unknown): Promise<Response> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    return fetch(`${this.site}/api/v1/${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async get<Shape extends z.ZodType>(path: string, token: string, shape: Shape): Promise<z.infer<Shape>> {
    return shape.parse(await (await this.call('GET', path, token)).json());
  }
}
