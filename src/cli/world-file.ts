import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Environment } from '../config.js';

/** Where a running embedded world says how to reach it; relative to the folder a command is run in. */
export const WORLD_FILE = '.world/world.json';

const shape = z.object({
  pid: z.number().int(),
  environment: z.record(z.string(), z.string()),
  urls: z.record(z.string(), z.string()),
});
export type WorldFile = z.infer<typeof shape>;

/** The running world of this folder; undefined when there is none, or when its process is gone. */
export async function readWorldFile(): Promise<WorldFile | undefined> {
  const text = await readFile(WORLD_FILE, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const parsed = shape.safeParse(JSON.parse(text));
  return parsed.success && isRunning(parsed.data.pid) ? parsed.data : undefined;
}

/** What commands of the same folder use unless their environment says otherwise. */
export async function worldEnvironment(): Promise<Environment> {
  return (await readWorldFile())?.environment ?? {};
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
