import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { freePort } from '../../../dev/servers/ports.js';
import { pageShape, type Page } from '../../../src/open-wearables/shapes.js';

/** Open Wearables seen through pages of another size; something may happen before a page, or to it. */
export interface PagedUpstream {
  readonly url: string;
  /** Rows a page at most. */
  pageLimit: number;
  /** Called before each page of data, the first is 1; true: the page is a failure. */
  beforePage: (page: number) => boolean | Promise<boolean>;
  change: (page: Page) => Page | Promise<Page>;
  /** Counts pages from one again, and nothing happens any more. */
  reset(): void;
  close(): Promise<void>;
}

const DATA = /\/(timeseries|events\/\w+|summaries\/\w+)$/;
const HEADERS = { 'content-type': 'application/json' };

export async function startPagedUpstream(target: string): Promise<PagedUpstream> {
  const port = await freePort();
  let pages = 0;
  const upstream: PagedUpstream = {
    url: `http://127.0.0.1:${port}`,
    pageLimit: 100,
    beforePage: () => false,
    change: (page) => page,
    reset() {
      pages = 0;
      Object.assign(upstream, { beforePage: () => false, change: (page: Page) => page });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, body }) => response.writeHead(status, HEADERS).end(body),
      (failure: unknown) => response.destroy(failure instanceof Error ? failure : undefined),
    );
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return upstream;

  async function answer(request: IncomingMessage): Promise<{ status: number; body: string }> {
    const address = new URL(request.url ?? '/', target);
    const isData = DATA.test(address.pathname);
    if (isData) {
      pages += 1;
      if (await upstream.beforePage(pages)) return { status: 500, body: '' };
      const asked = Number(address.searchParams.get('limit'));
      address.searchParams.set('limit', String(Math.min(asked, upstream.pageLimit)));
    }
    const { status, body } = await pass(request, address);
    return { status, body: isData && status === 200 ? JSON.stringify(await changed(body)) : body };
  }

  function changed(body: string): Page | Promise<Page> {
    return upstream.change(pageShape.parse(JSON.parse(body)));
  }
}

async function pass(request: IncomingMessage, address: URL) {
  const key = request.headers['x-open-wearables-api-key'];
  const headers = { ...HEADERS, 'x-open-wearables-api-key': String(key) };
  const body = request.method === 'POST' ? await text(request) : null;
  const response = await fetch(address, { method: request.method ?? 'GET', headers, body });
  return { status: response.status, body: await response.text() };
}
