import { parse } from 'node-html-parser';
import type { TestWorld } from '../helpers/test-world.js';
import { openedLink } from './opened-link.js';

/** A browser whose every header a test decides: one cookie, no redirects. */
export class RawBrowser {
  private constructor(
    private readonly world: TestWorld,
    readonly cookie: string,
  ) {}

  /** Uses an invitation; answers the browser with its session. */
  static async redeem(world: TestWorld, link: string): Promise<RawBrowser> {
    const opened = openedLink(link);
    return RawBrowser.#signIn(world, '/ow/redeem', { link: opened.link }, opened.cookie);
  }

  static async signIn(world: TestWorld, email: string, password: string): Promise<RawBrowser> {
    return RawBrowser.#signIn(world, '/admin/sign-in', { email, password });
  }

  static async #signIn(
    world: TestWorld,
    path: string,
    form: Readonly<Record<string, string>>,
    cookie = '',
  ): Promise<RawBrowser> {
    const answer = await new RawBrowser(world, cookie).post(path, form);
    return new RawBrowser(world, (answer.headers.getSetCookie().at(-1) ?? '').split(';')[0] ?? '');
  }

  async get(path: string): Promise<Response> {
    return this.#send(path, { headers: { cookie: this.cookie } });
  }

  /** Posts a form as our own page would, unless `headers` say otherwise. */
  async post(
    path: string,
    form: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = { origin: this.world.config.SITE_URL },
  ): Promise<Response> {
    const body = new URLSearchParams(form);
    return this.#send(path, { method: 'POST', body, headers: { cookie: this.cookie, ...headers } });
  }

  /** The anti-forgery value of this session, as a page shows it. */
  async csrf(path: string): Promise<string> {
    const html = parse(await (await this.get(path)).text());
    return html.querySelector('input[name=csrf]')?.getAttribute('value') ?? '';
  }

  async #send(path: string, request: RequestInit): Promise<Response> {
    return fetch(new URL(path, this.world.config.SITE_URL), { ...request, redirect: 'manual' });
  }
}
