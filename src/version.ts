import { readFileSync } from 'node:fs';
import { isFields } from './omh/fields.js';

/** package.json is one level up from the sources and two from a build. */
const candidates = ['../package.json', '../../package.json'];

function readVersion(): string {
  for (const candidate of candidates) {
    try {
      const text = readFileSync(new URL(candidate, import.meta.url), 'utf8');
      const manifest: unknown = JSON.parse(text);
      if (isFields(manifest) && manifest['name'] === 'wearable-exchange') return String(manifest['version']);
    } catch {
      // Not here: try the next place.
    }
  }
  return '0.0.0';
}

/** The commit that was built, which the build writes beside the sources; null in a clone, or where it was changed. */
function readCommit(): string | null {
  try {
    return readFileSync(new URL('../commit', import.meta.url), 'utf8').trim() || null;
  } catch {
    return null;
  }
}

export const version = readVersion();
export const commit = readCommit();
