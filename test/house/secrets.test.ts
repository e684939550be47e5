import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { root } from './documents.js';

const PATTERNS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----\s*[\w+/=]{20}/g],
  ['an AWS key', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g],
  ['a key of Open Wearables', /\bsk-[0-9a-f]{32}\b/g],
  ['a key of another service', /\bsk-[A-Za-z0-9_-]{40,}|\b[sr]k_live_[A-Za-z0-9]{16,}/g],
  ['a token of GitHub', /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60,})/g],
  [
    'a token of npm, Slack or GitLab',
    /\bnpm_[A-Za-z0-9]{36}\b|\bxox[abprs]-[A-Za-z0-9-]{10,}|\bglpat-[\w-]{20}\b/g,
  ],
  ['a Google key', /\bAIza[\w-]{35}\b/g],
  ['a signed token', /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/g],
];

/** Of fixtures: nobody's. */
const MADE_UP = new Set([
  'sk-00000000000000000000000000000000',
  'sk-0123456789abcdef0123456789abcdef',
  'sk-fedcba9876543210fedcba9876543210',
]);

const found = (text: string) =>
  PATTERNS.flatMap(([what, pattern]) =>
    (text.match(pattern) ?? []).filter((each) => !MADE_UP.has(each)).map(() => what),
  );

it('no file of the tree holds a secret', () => {
  const list = execFileSync('git', ['ls-files', '-z'], { cwd: fileURLToPath(root), encoding: 'utf8' });
  const files = list.split('\0').filter((file) => file !== '');
  expect(files.length).toBeGreaterThan(100);
  const holding = files.flatMap((file) =>
    found(readFileSync(new URL(file, root), 'latin1')).map((what) => `${file}: ${what}`),
  );
  expect(holding).toEqual([]);
});

it.each([
  ['a private key', ['-----BEGIN RSA', 'PRIVATE KEY-----\nMIIEowIBAAKCAQEAx1x2x3x4\n'].join(' ')],
  ['an AWS key', `AKIA${'AB12'.repeat(4)}`],
  ['a key of Open Wearables', `sk-${'5a7e'.repeat(8)}`],
  ['a key of another service', `sk-${'Abc4'.repeat(12)}`],
  ['a token of GitHub', `ghp_${'a1B2'.repeat(9)}`],
  ['a token of npm, Slack or GitLab', `npm_${'a1B2'.repeat(9)}`],
  ['a Google key', `AIza${'a1B2c'.repeat(7)}`],
  ['a signed token', `eyJ${'a'.repeat(12)}.eyJ${'b'.repeat(12)}.${'c'.repeat(24)}`],
])('%s would be found', (what, text) => {
  expect(found(`x = "${text}"`)).toContain(what);
});
