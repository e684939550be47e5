import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { textOf } from './documents.js';

const {
  version,
  private: isPrivate,
  scripts,
} = z
  .object({ version: z.string(), private: z.boolean(), scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(textOf('package.json')));

describe('a release', () => {
  it('has a heading in the changelog, with its date or not yet, and nothing is above it but what is unreleased', () => {
    const headings = [...textOf('CHANGELOG.md').matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    const [first] = headings.filter((heading) => heading !== '[Unreleased]');
    expect(first).toMatch(/^\[\d+\.\d+\.\d+\] - (\d{4}-\d\d-\d\d|Unreleased)$/);
    expect(first).toContain(`[${version}]`);
  });

  it('tells operators what it asks of them', () => {
    expect(textOf('docs/upgrading.md')).toContain(`\n## ${version}\n`);
  });

  it('is named in the documents by its file', () => {
    const pages = ['README.md', 'docs/releasing.md'].map((page) => textOf(page)).join('');
    const files = [...pages.matchAll(/wearable-exchange-(\d[\d.]*)\.tgz/g)].map(([, named]) => named);
    expect([...new Set(files)]).toEqual([version]);
  });

  it('is never packed without a build of the moment, and never published by accident', () => {
    expect(scripts['prepack']).toBe('node dev/prepack.mjs');
    expect(isPrivate).toBe(true);
  });
});
