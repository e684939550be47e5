import { readFileSync } from 'node:fs';

export const root = new URL('../../', import.meta.url);

export function textOf(path: string): string {
  return readFileSync(new URL(path, root), 'utf8');
}

/** The first cell of every row of a page's tables, without its code marks. */
export function firstCells(markdown: string): string[] {
  return [...markdown.matchAll(/^\| `([^`]+)`/gm)].flatMap(([, cell]) => cell ?? []);
}
