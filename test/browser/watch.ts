import type { CDPSession, Page } from 'playwright-core';

export interface Watch {
  /** What a person would not see and must not happen: errors in the console, requests to somebody else. */
  readonly faults: readonly string[];
  /** Bytes that came over the wire since the last navigation began. */
  transferred(): number;
}

/** Listens to everything a page says and loads; nothing is taken from the cache. */
export async function watch(page: Page, cdp: CDPSession, hosts: readonly string[]): Promise<Watch> {
  const faults: string[] = [];
  let bytes = 0;
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    // The status of the page itself is what the test is about.
    if (message.text().startsWith('Failed to load resource') && message.location().url === page.url()) return;
    faults.push(`${new URL(page.url()).pathname}: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol !== 'data:' && !hosts.includes(host)) faults.push(`a request to ${request.url()}`);
  });
  const later = new Set<string>();
  cdp.on('Network.requestWillBeSent', ({ type, requestId }) => {
    if (type === 'Document') bytes = 0;
    // What a page asks for again while it is open belongs to no first paint.
    if (type === 'Fetch') later.add(requestId);
  });
  cdp.on('Network.loadingFinished', ({ encodedDataLength, requestId }) => {
    if (!later.has(requestId)) bytes += encodedDataLength;
  });
  await cdp.send('Network.enable');
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
  return { faults, transferred: () => bytes };
}
