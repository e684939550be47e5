import type { HtmlEscapedString } from 'hono/utils/html';

/**
 * A page as the text of an HTML document, doctype included: `c.html(renderPage(LaunchPage({ ... })))`.
 * Without the doctype browsers fall back to quirks mode.
 */
export async function renderPage(page: HtmlEscapedString | Promise<HtmlEscapedString>): Promise<string> {
  const html = await page;
  return `<!doctype html>${html.toString()}`;
}

/** A part of a page as text, for a page that is open already. */
export async function fragmentOf(part: HtmlEscapedString | Promise<HtmlEscapedString>): Promise<string> {
  return (await part).toString();
}
