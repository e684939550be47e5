import type { CaughtMail } from './mail.js';

/** All caught letters, newest first, as a page of its own; the links in them can be clicked. */
export function mailPage(caught: readonly CaughtMail[]): string {
  const letters = caught.toReversed().map(
    ({ at, to, subject, text }) => `
        <article><h2>${escaped(subject)}</h2><p>${at.toISOString()} to ${escaped(to)}</p>
        <pre>${withLinks(escaped(text))}</pre></article>`,
  );
  const body = letters.length === 0 ? '<p>No letter yet.</p>' : letters.join('');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Caught mails</title>
    <meta http-equiv="refresh" content="5"><style>body{font:16px system-ui;margin:2rem auto;max-width:44rem;padding:0 1rem}
    pre{white-space:pre-wrap;overflow-wrap:anywhere}article{border-top:1px solid #999}</style>
    <h1>Caught mails</h1>${body}</html>`;
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

function withLinks(text: string): string {
  return text.replace(/https?:\/\/[^\s]+/g, (link) => `<a href="${link}">${link}</a>`);
}
