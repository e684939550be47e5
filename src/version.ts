import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** package.json is one level up from the sources and two from a build. */
const candidates = ['../package.json', '../../package.json'];

function readVersion(): string {
  for (const candidate of candidates) {
    try {
      const text = readFileSync(new URL(candidate, import.meta.url), 'utf8');
      const parsed = z
        .object({ name: z.literal('wearable-exchange'), version: z.string() })
        .safeParse(JSON.parse(text));
      if (parsed.success) return parsed.data.version;
    } catch {
      // Not here: try the next place.
    }
  }
  return '0.0.0';
}

export const version = readVersion();
