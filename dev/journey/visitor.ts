import { type HTMLElement, parse } from 'node-html-parser';
import { CookieJar } from 'tough-cookie';

/** A page as a person without JavaScript meets it. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly html: HTMLElement;
  /** All visible words, blanks joined. */
  readonly text: string;
  /** The addresses that redirects led through. */
  readonly via: readonly string[];
}

/** A browser in miniature: cookies, redirects, forms; no script. */
export class Visitor {
  readonly #cookies = new CookieJar();

  async open(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Page> {
    return this.#fetch(url, { method: 'GET', headers });
  }

  /** Submits the form on the page that matches the selector, its hidden fields included. */
  async submit(page: Page, selector: string, answers: Readonly<Record<string, string>> = {}): Promise<Page> {
    const form = page.html.querySelector(selector);
    if (form === null) throw new Error(`the page ${new URL(page.url).pathname} has no form ${selector}`);
    const fields = new URLSearchParams();
    for (const input of form.querySelectorAll('input[type=hidden], input[checked]')) {
      fields.append(input.getAttribute('name') ?? '', input.getAttribute('value') ?? '');
    }
    const button = form.querySelector('button[name]');
    if (button) fields.set(button.getAttribute('name') ?? '', button.getAttribute('value') ?? '');
    for (const [name, value] of Object.entries(answers)) fields.set(name, value);
    const target = new URL(form.getAttribute('action') ?? page.url, page.url).toString();
    return this.#fetch(target, {
      method: 'POST',
      body: fields,
      headers: { origin: new URL(page.url).origin },
    });
  }

  /** Opens something that does not end, with the cookies of this browser. */
  async stream(
    url: string,
    { headers, signal }: { readonly headers: Readonly<Record<string, string>>; readonly signal: AbortSignal },
  ): Promise<Response> {
    const cookie = await this.#cookies.getCookieString(url);
    return fetch(url, { headers: { ...headers, cookie }, signal });
  }

  /** Goes where the page's own refresh leads, as a browser does by itself. */
  async follow(page: Page): Promise<Page> {
    const content = page.html.querySelector('meta[http-equiv=refresh]')?.getAttribute('content') ?? '';
    const target = /;url=(.+)$/.exec(content)?.[1];
    if (target === undefined) throw new Error(`the page ${new URL(page.url).pathname} leads nowhere`);
    return this.open(target);
  }

  async #fetch(address: string, request: RequestInit, via: readonly string[] = []): Promise<Page> {
    if (via.length > 10) throw new Error('the redirects never end');
    const cookie = await this.#cookies.getCookieString(address);
    const headers = {
      ...(request.headers as Record<string, string> | undefined),
      ...(cookie === '' ? {} : { cookie }),
    };
    const response = await fetch(address, { ...request, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) await this.#cookies.setCookie(line, address);
    const location = response.headers.get('location');
    if (location !== null && response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      const next = new URL(location, address).toString();
      // A form's own headers are not those of the page that it leads to.
      const kept = request.method === 'GET' ? request : { method: 'GET' };
      return this.#fetch(next, kept, [...via, next]);
    }
    const html = parse(await response.text());
    const text = html.textContent.replace(/\s+/g, ' ').trim();
    return { url: address, status: response.status, html, text, via };
  }
}
