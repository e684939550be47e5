import { renderPage } from '../../../src/web/components/render-page.js';

/** Just enough of an HTML reader to hold pages to their rules: tags with attributes, and whether they nest. */
export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** The one script a page may load, a file of ours. */
export const OWN_SCRIPT = /<script type="module" src="\/assets\/[\w.?=-]+"><\/script>/;

const voids = new Set(['input', 'link', 'meta', 'br', 'img']);
const tagPattern = /<(\/?)([a-z][a-z0-9-]*)((?:\s+[^\s"'<>/=]+(?:="[^"<>]*")?)*)\s*(\/?)>/gi;
const attributePattern = /([^\s"'<>/=]+)(?:="([^"]*)")?/g;

function attributesOf(text: string): Map<string, string> {
  return new Map([...text.matchAll(attributePattern)].map(([, name = '', value = '']) => [name, value]));
}

/** Every opening tag of a document, in order. Throws where tags do not nest or a `<` is not part of one. */
export function tagsOf(html: string): readonly Tag[] {
  const body = html.replace(/^<!doctype html>/, '');
  const open: string[] = [];
  const tags: Tag[] = [];
  for (const [, slash, name = '', attributes = '', selfClosed] of body.matchAll(tagPattern)) {
    if (slash === '/') {
      const last = open.pop();
      if (last !== name) throw new Error(`</${name}> closes <${last ?? 'nothing'}>`);
      continue;
    }
    tags.push({ name, attributes: attributesOf(attributes) });
    if (selfClosed !== '/' && !voids.has(name)) open.push(name);
  }
  if (open.length > 0) throw new Error(`never closed: ${open.join(' ')}`);
  if (/[<>]/.test(body.replace(tagPattern, ''))) throw new Error('a bracket outside a tag');
  return tags;
}

/** The tags of one name, or all with a given attribute value. */
export function named(tags: readonly Tag[], name: string): readonly Tag[] {
  return tags.filter((tag) => tag.name === name);
}

/** What a reader sees: the text of a page without its tags, spaces joined. */
export async function textOf(page: Parameters<typeof renderPage>[0]): Promise<string> {
  const html = await renderPage(page);
  return html
    .replace(/^.*<body[^>]*>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ ([.,:])/g, '$1');
}

/** The rendered page and its tags. */
export async function read(page: Parameters<typeof renderPage>[0]) {
  const html = await renderPage(page);
  return { html, tags: tagsOf(html) };
}
