import { readFileSync } from 'node:fs';
import { raw } from 'hono/html';

/** A symbol of `assets/icons.svg`: the box and pen it is drawn with (attributes of `svg`), and its shapes. */
interface Drawn {
  readonly attributes: string;
  readonly shapes: string;
}

const symbolPattern = /<symbol id="([^"]+)" ([^>]+)>(.*?)<\/symbol>/gs;
const none: Drawn = { attributes: '', shapes: '' };
let read: ReadonlyMap<string, Drawn> | undefined;

/** The symbols by name, read at their first use. */
export function drawings(): ReadonlyMap<string, Drawn> {
  read ??= new Map(
    [...readFileSync(new URL('../assets/icons.svg', import.meta.url), 'utf8').matchAll(symbolPattern)].map(
      ([, name = '', attributes = '', shapes = '']) => [name, { attributes, shapes }],
    ),
  );
  return read;
}

/**
 * A symbol drawn where it stands: a page whose pictures lie in another document shows none in Chromium when it is opened
 * right after a form was sent. Hidden from assistive technology: words stand beside it.
 */
export function Drawing({ name, look }: { readonly name: string; readonly look?: 'icon' }) {
  const { attributes, shapes } = drawings().get(name) ?? none;
  const kind = look === undefined ? '' : `class="${look}" `;
  return raw(`<svg ${kind}aria-hidden="true" ${attributes}>${shapes}</svg>`);
}
