import { readdirSync } from 'node:fs';
import { root } from './documents.js';

const FOLDERS = ['docs', 'clients', 'deploy', 'bench', 'dev', 'src', 'test'];

/** Every Markdown file of the tree, by its path from the root. */
export const markdownFiles = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...FOLDERS.flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  ),
].sort();

export interface Link {
  /** What stands between the brackets; of a picture, its words for who does not see it. */
  readonly text: string;
  readonly target: string;
  readonly isPicture: boolean;
}

/** The links and pictures of a page, those in blocks of code left out. */
export function linksOf(markdown: string): Link[] {
  const links = prose(markdown).matchAll(/(!?)\[((?:[^[\]]|!\[[^\]]*\]\([^)]*\))*)\]\(([^)\s]+)\)/g);
  return [...links].flatMap(([, mark, text = '', target = '']) => [
    { text, target, isPicture: mark === '!' },
    ...linksOf(text),
  ]);
}

/** The anchors of a page's headings, as GitHub makes them: a second one of the same words gets a number. */
export function anchorsOf(markdown: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of prose(markdown, '').matchAll(/^#{1,6} (.+)$/gm)) {
    const slug = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/ /g, '-');
    let anchor = slug;
    for (let number = 1; anchors.has(anchor); number += 1) anchor = `${slug}-${number}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** A page without its fenced blocks; code within lines becomes `code`, or stays when that is left out. */
function prose(markdown: string, code = 'code'): string {
  const text = markdown.replace(/^```[^]*?^```$/gm, '');
  return code === '' ? text : text.replace(/`[^`\n]*`/g, code);
}
