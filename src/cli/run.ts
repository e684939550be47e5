import type { Command } from 'commander';
import type { App } from '../app.js';
import type { Config } from '../config.js';
import type { Sql } from '../db/sql.js';
import { createOutput, type Output } from './output.js';

// What a command runs on is loaded when it runs, so that those that need none of it start at once.

/** Exit codes: 0 done, 1 failed, 2 used wrongly, 3 done but something needs attention. */
export const EXIT = { failed: 1, usage: 2, attention: 3 } as const;

/** The configuration of a command: its environment, on top of the world that runs in this folder. */
export async function commandConfig(): Promise<Config> {
  const { environmentOver, loadConfig } = await import('../config.js');
  const { worldEnvironment } = await import('./world-file.js');
  return loadConfig(environmentOver(await worldEnvironment()));
}

/** Runs a command that needs the whole service but neither serves nor works; logs only what is wrong. */
export async function withApp(
  command: Command,
  work: (app: App, output: Output) => Promise<void>,
): Promise<void> {
  const { openApp } = await import('../app.js');
  const { createLogger } = await import('../logger.js');
  const app = await openApp(await commandConfig(), createLogger({ level: 'error' }));
  try {
    await work(app, outputOf(command));
  } finally {
    await app.close();
  }
}

/** Runs a command that needs only the database. */
export async function withDatabase(
  command: Command,
  work: (sql: Sql, config: Config, output: Output) => Promise<void>,
): Promise<void> {
  const config = await commandConfig();
  const { openDatabase } = await import('../db/sql.js');
  const sql = openDatabase(config.DATABASE_URL, 2);
  try {
    await work(sql, config, outputOf(command));
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** `--json` may stand before or after the command's name. */
export function outputOf(command: Command): Output {
  return createOutput(command.optsWithGlobals<{ json?: boolean }>().json ?? false);
}
