import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, textOf } from './documents.js';
import { anchorsOf, linksOf, markdownFiles } from './markdown.js';

const PICTURE_BYTES = 150 * 1024;
const pictures = 'docs/pictures';

/** What is wrong with a link of this page; undefined when it leads somewhere. */
function fault(page: string, target: string): string | undefined {
  if (/^https?:/.test(target))
    return URL.canParse(target) && target.startsWith('https:') ? undefined : 'no https address';
  const [file = '', anchor] = target.split('#');
  const place = file === '' ? page : path.posix.join(path.posix.dirname(page), file);
  if (!existsSync(new URL(place, root))) return 'no such file';
  if (anchor === undefined) return undefined;
  return anchorsOf(textOf(place)).has(anchor) ? undefined : 'no such heading';
}

describe('every link', () => {
  it.each(markdownFiles)('of %s resolves', (page) => {
    const faults = linksOf(textOf(page)).map(({ target }) => [target, fault(page, target)]);
    expect(faults.filter(([, what]) => what !== undefined)).toEqual([]);
  });

  it('is seen: those that lead nowhere are told', () => {
    const lines = ['# One', '# One', '[a](#one-1) [b](#two) [c](nothing.md) [d](http://x) ![e](docs/no.png)'];
    expect(linksOf(lines.join('\n')).map(({ target }) => target)).toHaveLength(5);
    expect([...anchorsOf(lines.join('\n'))]).toEqual(['one', 'one-1']);
    expect(
      ['nothing.md', 'README.md#nothing', 'http://x'].map((target) => fault('STYLE.md', target)),
    ).toEqual(['no such file', 'no such heading', 'no https address']);
  });
});

it('every page of docs is reached from README by links', () => {
  const reached = new Set(['README.md']);
  for (const page of reached) {
    for (const { target } of linksOf(textOf(page))) {
      const place = path.posix.join(path.posix.dirname(page), target.split('#')[0] ?? '');
      if (markdownFiles.includes(place)) reached.add(place);
    }
  }
  expect(markdownFiles.filter((page) => page.startsWith('docs/') && !reached.has(page))).toEqual([]);
});

describe('the pictures of the documents', () => {
  const shown = markdownFiles.flatMap((page) =>
    linksOf(textOf(page))
      .filter(({ isPicture }) => isPicture)
      .map(({ text, target }) => ({ text, file: path.posix.join(path.posix.dirname(page), target) })),
  );
  const there = readdirSync(new URL(pictures, root)).map((name) => `${pictures}/${name}`);

  it('are all shown, and all made by npm run pictures', () => {
    expect([...new Set(shown.map(({ file }) => file))].sort()).toEqual(there.sort());
    const made = ['coordinator', 'patient', 'operator']
      .map((who) => textOf(`dev/pictures/${who}.ts`))
      .join('');
    for (const file of there) expect(made).toContain(`'${path.basename(file, '.png')}'`);
  });

  it('have words for who does not see them', () => {
    expect(shown.filter(({ text }) => text.split(' ').length < 4)).toEqual([]);
  });

  it.each(there)('%s is a PNG, and small', (file) => {
    const bytes = readFileSync(new URL(file, root));
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(bytes.length).toBeLessThan(PICTURE_BYTES);
  });
});
