import { parse } from 'node-html-parser';
import { CookieJar } from 'tough-cookie';
import type { serverAlone } from './server-alone.js';

/** A browser of a practitioner: keeps cookies as a browser does and follows nothing. */
export class StaffBrowser {
  readonly jar = new CookieJar();
  readonly #site: string;

  constructor(private readonly alone: ReturnType<typeof serverAlone>) {
    this.#site = alone.config.SITE_URL;
  }

  async get(path: string): Promise<Response> {
    return this.#send(path, {});
  }

  async post(path: string, form: Readonly<Record<string, string>>): Promise<Response> {
    return this.#send(path, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { origin: this.#site },
    });
  }

  /** Posts a form of this page, with the anti-forgery value it shows. */
  async submit(page: string, path: string, form: Readonly<Record<string, string>> = {}): Promise<Response> {
    const html = parse(await (await this.get(page)).text());
    const csrf = html.querySelector('input[name=csrf]')?.getAttribute('value') ?? '';
    return this.post(path, { csrf, ...form });
  }

  async signIn(email: string, password: string): Promise<Response> {
    return this.post('/admin/sign-in', { email, password });
  }

  async isSignedIn(): Promise<boolean> {
    return (await this.get('/admin/account')).status === 200;
  }

  /** The session id; empty when there is no such cookie. */
  async session(): Promise<string> {
    const cookies = await this.jar.getCookies(this.#site);
    return cookies.find(({ key }) => key.endsWith('session'))?.value ?? '';
  }

  async #send(path: string, request: RequestInit): Promise<Response> {
    const url = `${this.#site}${path}`;
    const headers = {
      ...(request.headers as Record<string, string>),
      cookie: await this.jar.getCookieString(url),
    };
    const answer = await this.alone.server.request(url, { ...request, headers });
    for (const cookie of answer.headers.getSetCookie()) await this.jar.setCookie(cookie, url);
    return answer;
  }
}
